"""`courtyard serve`: a light process that keeps PostgreSQL, Valkey and the application running.

Standard library only, so that it idles small. It opens the listening socket once and hands it to
the application's processes: while one of them restarts, connections wait instead of failing.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from courtyard.embedded.errors import EmbeddedError, StopRequested
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.lock import ServerLock
from courtyard.embedded.postgres import Postgres
from courtyard.embedded.process import tie_to_parent
from courtyard.embedded.supervisor import Supervisor
from courtyard.embedded.valkey import Valkey

PYTHON = (sys.executable, "-m")
BACKLOG = 2048


class Refused(Exception):
    """The server cannot start; the message is one line for the person at the terminal."""


def listen(host: str, port: int) -> socket.socket:
    """The listening socket. Raises Refused when the address cannot be taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Inherited by what it accepts. The application takes the listener as a bare descriptor and
    # does not know that it is TCP; an answer in two pieces would wait 40 ms for the other side.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        raise Refused(
            f"Port {port} on {host} cannot be taken ({error.strerror}). "
            "Stop what uses it, or set COURTYARD_PORT to another one."
        ) from None
    listener.listen(BACKLOG)
    listener.set_inheritable(True)
    return listener


def say(event: str, /, **fields: object) -> None:
    """One line about the children: text on a terminal, JSON elsewhere."""
    if os.environ.get("COURTYARD_LOG_FORMAT") == "json" or not sys.stderr.isatty():
        line = json.dumps({"event": event, "at": round(time.time(), 3), **fields}, default=str)
    else:
        line = event + "".join(f" {key}={value}" for key, value in fields.items())
    print(line, file=sys.stderr, flush=True)


def serve() -> None:
    """Runs everything until a signal asks to stop. Raises Refused or EmbeddedError.

    Its settings come from `courtyard serve`, which has checked them.
    """
    started = time.monotonic()
    data_dir = Path(os.environ.get("COURTYARD_DATA_DIR", "data")).resolve()
    host = os.environ.get("COURTYARD_HOST", "127.0.0.1")
    port = int(os.environ.get("COURTYARD_PORT", "8000"))
    folder = DataFolder(data_dir)
    folder.prepare()
    with ServerLock(folder), listen(host, port) as listener, Supervisor(say) as supervisor:
        env = {**os.environ, "COURTYARD_DATA_DIR": str(data_dir)}
        env |= _start_services(data_dir, supervisor)
        env["COURTYARD_LISTEN_FD"] = str(listener.fileno())
        _migrate(env)
        for number in range(int(os.environ.get("COURTYARD_WORKERS", "1"))):
            supervisor.add(
                f"app-{number}",
                _application(),
                env,
                ready=_answers(host, port) if number == 0 else None,
                pass_fds=(listener.fileno(),),
                stop_timeout=8,
            )
            supervisor.start(f"app-{number}")
        _welcome(host, port, time.monotonic() - started)
        supervisor.run()


def _application() -> list[str]:
    """The command of an application process; `make dev` has it started anew at each change."""
    command = [*PYTHON, "courtyard.process"]
    if os.environ.get("COURTYARD_RELOAD"):
        return [*PYTHON, "courtyard.reload", *command]
    return command


def _start_services(data_dir: Path, supervisor: Supervisor) -> dict[str, str]:
    """Starts what is not configured; returns the URLs of what was started."""
    urls = {}
    wanted: dict[str, Postgres | Valkey] = {
        "COURTYARD_DATABASE_URL": Postgres(data_dir),
        "COURTYARD_REDIS_URL": Valkey(data_dir),
    }
    for name, service in wanted.items():
        if not os.environ.get(name):
            service.prepare()
            supervisor.add_spec(service.child_spec())
            supervisor.start(service.name)
            urls[name] = service.url
    return urls


def _migrate(env: dict[str, str]) -> None:
    """Brings the tables up to date in a process of its own, which takes its memory with it."""
    done = subprocess.run(
        [*PYTHON, "courtyard.cli", "migrate"],
        env=env,
        stderr=subprocess.PIPE,
        check=False,
        preexec_fn=tie_to_parent(signal.SIGTERM),
    )
    if done.returncode:
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise Refused(lines[-1] if lines else "The tables could not be brought up to date.")


def _answers(host: str, port: int) -> Callable[[], bool]:
    scheme = "https" if os.environ.get("COURTYARD_TLS") else "http"
    reachable = (
        "127.0.0.1" if host in ("0.0.0.0", "localhost") else "[::1]" if host == "::" else host
    )

    def answers() -> bool:
        if scheme == "https":
            return _accepts(reachable.strip("[]"), port)
        try:
            with urllib.request.urlopen(f"http://{reachable}:{port}/api/health", timeout=1):
                return True
        except OSError:
            return False

    return answers


def _accepts(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def _welcome(host: str, port: int, seconds: float) -> None:
    say("ready", seconds=round(seconds, 1))
    name = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::", "::1") else host
    scheme = "https" if os.environ.get("COURTYARD_TLS") else "http"
    print(f"\n  Courtyard is at {scheme}://{name}:{port}", flush=True)
    if code := os.environ.get("COURTYARD_SETUP_CODE"):
        print(f"  Setup code for the first run: {code}", flush=True)
    print("  Ctrl-C stops it.\n", flush=True)


def main() -> int:
    """Serves; a refusal is one line and exit code 1."""
    try:
        serve()
    except StopRequested:
        return 0
    except (Refused, EmbeddedError) as error:
        print(f"courtyard: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
