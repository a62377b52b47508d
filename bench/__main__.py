"""`python -m bench`: runs the measures, prints the table, exits with 1 when a gate fails."""

import argparse
import sys

import uvloop

from bench import comeback, fanout, page, presence, readers, sends, smooth, start
from bench.processes import folder
from bench.report import Report
from bench.sides import both

BESIDE = {"fanout": fanout, "sends": sends, "page": page, "comeback": comeback}
# By itself, not beside a bare limit, and only when it is named: these take their time.
ALONE = {"presence": presence, "readers": readers, "smooth": smooth}
ALL = ("start", *BESIDE)
KNOWN = f"{', '.join(ALL)}; by name only: {', '.join(ALONE)}"


def main() -> int:
    """Measures what was asked for."""
    options = _options()
    wanted = options.measures or ALL
    rounds = options.rounds or (1 if options.quick else 3)
    report = Report(rounds)
    if "start" in wanted:
        start.run(report, rounds, options.quick)
    if set(wanted) & set(BESIDE):
        with folder() as home, both(home) as sides:
            uvloop.run(_beside(sides, report, wanted, options.quick))
    for name, alone in ALONE.items():
        if name in wanted:
            alone.run(report, rounds, options.quick)
    report.show()
    return 1 if report.failed else 0


async def _beside(sides, report: Report, wanted, quick: bool) -> None:
    for side in sides:
        await side.prepare()
    for name, measure in BESIDE.items():
        if name in wanted:
            await measure.run(sides, report, report.rounds, quick)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("measures", nargs="*", metavar="measure", help=f"of: {KNOWN}")
    parser.add_argument("--rounds", type=int, help="rounds per side (3)")
    parser.add_argument("--quick", action="store_true", help="one short round")
    options = parser.parse_args()
    unknown = set(options.measures) - {*ALL, *ALONE}
    if unknown:
        parser.error(f"no such measure: {', '.join(sorted(unknown))}; there are {KNOWN}")
    return options


if __name__ == "__main__":
    sys.exit(main())
