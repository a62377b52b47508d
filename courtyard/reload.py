"""`make dev`: runs a command again whenever a Python file of the package changes."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from watchfiles import PythonFilter, watch


def main() -> None:
    """Runs the command of the arguments; it inherits the listening socket each time."""
    listener = int(os.environ["COURTYARD_LISTEN_FD"])
    ended = threading.Event()
    while not ended.is_set():
        child = subprocess.Popen(sys.argv[1:], pass_fds=(listener,))
        for _ in watch(Path(__file__).parent, watch_filter=PythonFilter(), stop_event=ended):
            break
        else:
            ended.set()
        child.terminate()
        child.wait()


if __name__ == "__main__":
    main()
