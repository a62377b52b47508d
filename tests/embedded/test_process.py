"""A child process and what it inherits; the supervisor as a process of its own."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from courtyard.embedded import process, supervisor
from courtyard.embedded.process import Child, ChildSpec
from courtyard.embedded.supervisor import Supervisor

from .server import needs_root

ROOT = str(Path(__file__).parents[2])


def _unheard(_event: str, /, **_fields: object) -> None:
    """What the supervisor says is not the matter here."""


AS_FIRST_PROCESS = """
import os, pathlib, sys
from courtyard.embedded.supervisor import Supervisor
from tests.embedded.serve import break_a_guard
break_a_guard()
note = pathlib.Path(sys.argv[1])
gone = lambda: note.exists() and not os.path.exists("/proc/" + note.read_text().strip())
orphan = f"(sh -c 'echo $$ > {note}.new; mv {note}.new {note}' &); exec sleep 100"
with Supervisor(lambda event, **fields: None) as keeper:
    keeper.add("app", ["/bin/sh", "-c", orphan], {}, ready=gone, ready_timeout=10)
    keeper.start("app")
    print("reaped", os.getpid())
"""


@needs_root
def test_as_the_first_process_of_a_container_it_reaps_orphans(tmp_path: Path) -> None:
    new_space = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"]
    if not shutil.which("unshare") or subprocess.run([*new_space, "true"], check=False).returncode:
        pytest.skip("cannot make a process space of its own here")
    argv = [*new_space, sys.executable, "-B", "-c", AS_FIRST_PROCESS, str(tmp_path / "pid")]
    done = subprocess.run(argv, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert done.stdout == "reaped 1\n", done.stderr


def test_the_supervisor_needs_the_standard_library_only() -> None:
    script = (
        "import sys; bare = set(sys.modules); import courtyard.embedded as e, sysconfig; "
        "print([n for n, m in sys.modules.items() if n not in bare"
        " and 'site-packages' in (getattr(m, '__file__', None) or '')])"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", script], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout == "[]\n"


def test_children_get_the_given_environment_and_descriptors_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COURTYARD_SECRET", "of the parent")
    reader, writer = os.pipe()
    script = "import os, time; os.write({}, repr(dict(os.environ)).encode()); time.sleep(100)"
    with Supervisor(_unheard) as keeper:
        argv = [sys.executable, "-I", "-c", script.format(writer)]
        keeper.add("app", argv, {"LC_ALL": "C", "A": "1"}, pass_fds=(writer,))
        keeper.start("app")
        told = os.read(reader, 4096).decode()
    os.close(reader)
    os.close(writer)
    assert "'A': '1'" in told
    assert "SECRET" not in told


def test_logs_are_kept_short_even_while_they_are_written(tmp_path: Path) -> None:
    log = tmp_path / "app.log"
    with process._open_log(log) as writer:
        writer.write(b"x" * 1000)
        process.rotate(log, longest=100)
        writer.write(b"new")
    assert log.read_bytes() == b"new"
    assert (tmp_path / "app.log.1").stat().st_size == 1000


def test_a_child_is_never_started_off_the_main_thread() -> None:
    raised: list[BaseException] = []

    def start() -> None:
        try:
            Child(ChildSpec("app", ["/bin/true"], {})).start()
        except RuntimeError as error:
            raised.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert raised


MUTANTS = {
    "leaves orphans unreaped": (
        lambda patch: patch.setattr(supervisor, "_reap_strangers", lambda _own: None),
        ["test_as_the_first_process_of_a_container_it_reaps_orphans"],
    ),
    "lets logs grow": (
        lambda patch: patch.setattr(os, "truncate", lambda _path, _length: None),
        ["test_logs_are_kept_short_even_while_they_are_written"],
    ),
}
