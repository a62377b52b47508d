"""The first thing in a child of `child.py`: gives up what it will not need, then becomes the
program. Runs alone, by its path, and imports nothing of this project.

    python -I -B confined.py <memory bytes> <processor seconds> <program> [word …]
"""

import contextlib
import resource
import runpy
import sys

OPEN_FILES = 64


def confine(memory: int, seconds: int) -> None:
    """Limits of this process for good: memory, processor time, no written file, no core."""
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
    }
    for limit, amount in limits.items():
        with contextlib.suppress(ValueError, OSError):  # macOS does not limit the address space
            resource.setrlimit(limit, (amount, amount))


if __name__ == "__main__":
    confine(int(sys.argv[1]), int(sys.argv[2]))
    sys.argv = sys.argv[3:]
    runpy.run_path(sys.argv[0], run_name="__main__")
