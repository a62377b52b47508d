"""The child in which parsers run: without secrets, bounded, and dead at the end."""

import asyncio
import io
import json
import os
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from courtyard.core import child
from courtyard.core.child import ChildFailed
from courtyard.core.drawing import draw
from courtyard.core.errors import Unavailable
from tests.mutants import instead
from tests.processes import children_of
from tests.uploading import bomb, pdf, picture

MUTANTS = {
    "as much memory as there is": (
        instead("courtyard.core.child", "MEMORY", 2**40),
        ["test_memory_is_bounded"],
    ),
    "as much time as it likes": (
        instead("courtyard.core.child", "PROCESSOR_SECONDS", 600),
        ["test_processor_time_is_bounded"],
    ),
    "the child is not killed": (
        instead("courtyard.core.child", "SECONDS", 600),
        ["test_what_only_waits_is_killed"],
    ),
    "any number at once": (
        instead("courtyard.core.child", "_at_once", asyncio.Semaphore(100)),
        ["test_few_run_at_once_and_the_others_wait_their_turn"],
    ),
    "any number of pixels": (
        instead("courtyard.core.drawing", "PIXEL_LIMIT", 10**12),
        ["test_f08_a_bomb_is_refused_by_its_header"],
    ),
}


def _program(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "program.py"
    path.write_text(text)
    return path


async def _run(tmp_path: Path, text: str, given: bytes = b"", *words: str) -> bytes:
    with tempfile.TemporaryFile() as source:
        source.write(given)
        source.seek(0)
        return await child.run(_program(tmp_path, text), *words, source=source)


async def _refused(tmp_path: Path, text: str) -> float:
    started = time.monotonic()
    with pytest.raises(ChildFailed):
        await _run(tmp_path, text)
    return time.monotonic() - started


async def test_a_child_reads_what_it_is_given_and_answers(tmp_path: Path) -> None:
    text = "import sys; print(sys.argv[1], sys.stdin.read())"
    assert await _run(tmp_path, text, b"given", "asked") == b"asked given\n"


async def test_a_child_knows_no_settings_and_cannot_import_the_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURTYARD_DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "planted.py").write_text("")
    text = """
import importlib.util, json, os, sys
print(json.dumps([dict(os.environ), importlib.util.find_spec('planted') is not None]))
"""
    environment, planted = json.loads(await _run(tmp_path, text))
    assert "secret" not in str(environment)
    assert not planted


async def test_memory_is_bounded(tmp_path: Path) -> None:
    await _refused(tmp_path, "x = bytearray(600 * 2**20)")


async def test_processor_time_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if child.PROCESSOR_SECONDS < 100:
        monkeypatch.setattr(child, "PROCESSOR_SECONDS", 1)
    monkeypatch.setattr(child, "SECONDS", 6)
    assert await _refused(tmp_path, "while True: pass") < 5


async def test_what_only_waits_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if child.SECONDS < 100:
        monkeypatch.setattr(child, "SECONDS", 0.5)
    async with asyncio.timeout(8):
        await _refused(tmp_path, "import time; time.sleep(600)")
    assert _children() == []


def _children() -> list[psutil.Process]:
    return children_of(os.getpid(), "confined.py")


async def test_nothing_can_be_written_and_an_endless_answer_is_cut(tmp_path: Path) -> None:
    await _refused(
        tmp_path, f"import pathlib; pathlib.Path({str(tmp_path / 'x')!r}).write_text('x')"
    )
    await _refused(tmp_path, "while True: print('x' * 100_000)")
    await _refused(tmp_path, "raise SystemExit(3)")


async def test_few_run_at_once_and_the_others_wait_their_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "import time; time.sleep(0.6)"
    running = [asyncio.create_task(_run(tmp_path, text)) for _ in range(6)]
    seen = 0
    while not all(task.done() for task in running):
        seen = max(seen, len(_children()))
        await asyncio.sleep(0.05)
    assert seen == 2
    monkeypatch.setattr(child, "QUEUE_SECONDS", 0.1)
    running = [asyncio.create_task(_run(tmp_path, text)) for _ in range(3)]
    ends = await asyncio.gather(*running, return_exceptions=True)
    assert [type(end) for end in ends] == [bytes, bytes, Unavailable]


async def _drawn(task: Any, data: bytes) -> Any:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return await draw(task, 64, file)


async def test_f08_a_bomb_is_refused_by_its_header() -> None:
    for size in ((50_000, 50_000), (8_000, 8_000)):
        assert (await _drawn("fit", bomb(*size))).trouble == "pixels"
        assert (await _drawn("square", bomb(*size))).trouble == "pixels"


@pytest.mark.parametrize(
    "data",
    [b"", b"words", bomb(100, 100), picture("TIFF"), picture("BMP"), picture()[:60],
     b"8BPS\0\1" + b"\xff" * 60, b"II*\0\xff\xff\xff\xff", b"%PDF-1.4 <html>"],
    ids=["nothing", "text", "hollow", "tiff", "bmp", "cut", "psd", "broken tiff", "no pdf"],
)  # fmt: skip
async def test_f08_what_cannot_be_read_is_broken(data: bytes) -> None:
    assert (await _drawn("fit", data)).trouble == "broken"
    assert (await _drawn("page", data)).trouble == "broken"


async def test_a_large_picture_fits_into_the_memory() -> None:
    data = io.BytesIO(picture(size=(6_300, 6_300)))
    drawn = await _drawn("fit", data.getvalue())
    assert (drawn.trouble, drawn.width) == (None, 6_300)
    assert (await _drawn("square", data.getvalue())).trouble is None


async def test_a_page_of_odd_size_is_drawn_or_refused_in_bounds() -> None:
    for box in (b"[0 0 0 0]", b"[0 0 14400 1]", b"[0 0 9999999 9999999]", b"[5 5 1 1]"):
        drawn = await _drawn("page", pdf().replace(b"[0 0 200 100]", box))
        assert drawn.trouble or max(drawn.width, drawn.height) <= 1_024
