"""From the command to ready, and what everything weighs when nobody does anything."""

import time
from pathlib import Path

from bench.processes import folder, served
from bench.report import Line, Report

IDLE_SECONDS = 8
IDLE_LIMIT = 300


def measure(home: Path, idle: float) -> tuple[float, float, dict[str, float]]:
    """Seconds of the first and of the second start, and MB by kind of process."""
    with served("courtyard.cli serve", home / "data") as server:
        first = server.ready_seconds
    with served("courtyard.cli serve", home / "data") as server:
        time.sleep(idle)
        return first, server.ready_seconds, server.memory()


def run(report: Report, rounds: int, quick: bool) -> None:
    """Each round on a new data folder."""
    results = []
    for _ in range(rounds):
        with folder() as home:
            results.append(measure(home, 2 if quick else IDLE_SECONDS))
    report.add(Line("start", "first start to ready", "s", [first for first, _, _ in results]))
    report.add(Line("start", "second start to ready", "s", [second for _, second, _ in results]))
    parts = ", ".join(f"{name} {share:.0f}" for name, share in sorted(results[-1][2].items()))
    report.add(
        Line(
            "start",
            "idle memory of everything (PSS)",
            "MB",
            [sum(shares.values()) for _, _, shares in results],
            limit=IDLE_LIMIT,
            note=parts,
        )
    )
