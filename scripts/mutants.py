"""Breaks every guard on purpose, one at a time, and looks whether its tests turn red.

    python scripts/mutants.py [part of a name …]

Each test module lists its mutants (see tests/mutants.py). A mutant whose tests stay green is a
guard that nobody watches: the exit status is 1 then.
"""

import importlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE = 300
AT_ONCE = min(2, os.cpu_count() or 1)
FAILED = 1  # pytest: the tests were collected and some failed


def found() -> Iterator[tuple[str, list[str]]]:
    """`path:name` of every mutant, and the tests that must notice it."""
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        if "MUTANTS = {" in path.read_text():
            where = path.relative_to(ROOT)
            module = importlib.import_module(".".join(where.with_suffix("").parts))
            for name, (_, tests) in module.MUTANTS.items():
                yield f"{where}:{name}", [f"{where}::{test}" for test in tests]


def caught(mutant: str, tests: list[str], lent: Mapping[str, str]) -> tuple[bool, str]:
    """Whether one of the tests fails with the guard broken, and how the run ended. A fixture that
    cannot come up without the guard counts; a module that cannot be collected (exit code 2) does
    not."""
    command = [sys.executable, "-m", "pytest", "-x", "--tb=no", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(
            [*command, *tests],
            cwd=ROOT,
            env={**os.environ, **lent, "COURTYARD_MUTANT": mutant},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False, "took too long"
    lines = done.stdout.strip().splitlines() or done.stderr.strip().splitlines() or ["nothing"]
    red = " failed" in lines[-1] or " error" in lines[-1]
    return done.returncode == FAILED and red, lines[-1]


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def judged(chosen: list[tuple[str, list[str]]]) -> int:
    """Runs the mutants, a few at a time on the same services; returns how many stayed green."""
    from tests.services import started, to_lend  # noqa: PLC0415 - the path is set by now

    green = 0
    with started() as services, ThreadPoolExecutor(AT_ONCE) as pool:
        lent = to_lend(services)
        runs = [(mutant, pool.submit(caught, mutant, tests, lent)) for mutant, tests in chosen]
        for mutant, run in runs:
            red, ending = run.result()
            green += not red
            path, _, name = mutant.partition(":")
            verdict = "red" if red else f"GREEN(!) {ending}"
            _say(f"{path.removeprefix('tests/'):36} {name:48} {verdict}")
    return green


def main(parts: list[str]) -> int:
    """Runs the mutants whose name holds one of the parts, or all. Returns the exit status."""
    sys.path.insert(0, str(ROOT))
    chosen = [(m, t) for m, t in found() if not parts or any(part in m for part in parts)]
    started = time.monotonic()
    green = judged(chosen)
    seconds = time.monotonic() - started
    _say(f"\n{len(chosen)} mutants, {len(chosen) - green} caught, in {seconds:.0f} s")
    return 1 if green or not chosen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
