"""A real `courtyard serve` in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from tests.licences import PUBLIC
from tests.processes import children_of

START_SECONDS = 90


class Server:
    """A workspace of its own, reachable at `url`."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        # localhost and not 127.0.0.1: what people type, and where browsers keep secure cookies.
        self.url = f"http://localhost:{self.port}"
        self.env = {
            **os.environ,
            "COURTYARD_DATA_DIR": str(folder),
            "COURTYARD_PORT": str(self.port),
            "COURTYARD_LIMIT_FACTOR": "50",
            "COURTYARD_LICENCE_KEYS": PUBLIC,
        }
        self.log = folder.with_suffix(".log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "courtyard.cli", "serve"],
                env=self.env,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait()

    def wait(self) -> None:
        """Until it answers."""
        assert self.process
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            assert time.monotonic() < deadline, self.log.read_text()[-2000:]
            time.sleep(0.1)

    def stop(self) -> None:
        """Ends it as Ctrl+C does."""
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)
            self.process = None

    def command(self, *words: str) -> str:
        """Runs a command of the console on this workspace."""
        done = subprocess.run(
            [sys.executable, "-m", "courtyard.cli", *words],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def kill_application(self) -> None:
        """Kills the application's process; the launcher starts another."""
        assert self.process
        found = children_of(self.process.pid, "courtyard.process")
        assert found
        for child in found:
            child.kill()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/api/health", timeout=2):
                return True
        except OSError:
            return False
