"""A channel of 100,000 messages in a real browser: opening it, jumping to ten dates and to the
first unread message, and twenty seconds of the wheel.

Two things are looked at frame by frame: how long a frame took, and whether a row that stays in
view moved against the wheel, which is what a reader feels as a jump.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Page, sync_playwright

from bench.load import percentile
from bench.long_room import ADA, MANY, UNREAD, Room, prepare, wanted
from bench.processes import folder, served
from bench.report import Line, Report
from tests.e2e.chromium import FLAGS, WIDTHS, chromium
from tests.e2e.house import admit

WHEEL_SECONDS = 20
# Which way, for which part of the time, and how far at each turn: reading, then looking for
# something far away.
WHEEL = ((1, 0.4, 240), (-1, 0.4, 240), (1, 0.1, 1500), (-1, 0.1, 1500))
WHEEL_EVERY = 0.04
CALM_SECONDS = 2
FRAME_LIMIT = 34
HEAP_LIMIT = 30

# Per frame: how long since the last one, and how far the rows moved that are in view in both.
RECORDER = """() => {
    const kept = { frames: [], back: [], gone: 0, rows: 0, toward: 0 }
    window.recorded = kept
    let last = 0
    let seen = new Map()
    const look = (now) => {
        if (window.recorded !== kept) return
        requestAnimationFrame(look)
        if (last) kept.frames.push(now - last)
        last = now
        painted.port2.postMessage(null)
    }
    // After the paint: before it the list has yet to put right what it guessed.
    const painted = new MessageChannel()
    painted.port1.onmessage = () => {
        const rows = document.querySelectorAll('[role=feed] [data-row]')
        kept.rows = Math.max(kept.rows, rows.length)
        const view = document.querySelector('[role=feed]').parentElement.getBoundingClientRect()
        const at = new Map()
        for (const row of rows) {
            const { top, bottom } = row.getBoundingClientRect()
            if (bottom > view.top && top < view.bottom) at.set(row.dataset.row, top)
        }
        const stayed = [...at].filter(([key]) => seen.has(key))
        const moves = stayed.map(([key, top]) => top - seen.get(key))
        if (seen.size && !moves.length) kept.gone += 1
        const against = moves.map((move) => move * kept.toward).filter((move) => move < -2)
        if (kept.toward && against.length) kept.back.push(Math.min(...against))
        seen = at
    }
    requestAnimationFrame(look)
}"""


@dataclass(slots=True)
class Seen:
    """What one round saw; times in milliseconds, sizes in MB."""

    opened: float = 0
    jumps: list[float] = field(default_factory=list)
    unread: float = 0
    calm: list[float] = field(default_factory=list)
    """Frames while nothing moves: what the machine gives."""
    frames: list[float] = field(default_factory=list)
    cpu: float = 0
    """Of the page's main thread, per turn of the wheel."""
    back: list[float] = field(default_factory=list)
    gone: int = 0
    rows: int = 0
    heap: tuple[float, float] = (0, 0)


@contextmanager
def browsed(url: str) -> Iterator[tuple[Page, CDPSession]]:
    """A signed-in page in Chromium, at a desk."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        width, height = WIDTHS["desktop"]
        context = browser.new_context(
            base_url=url, viewport={"width": width, "height": height}, locale="en-GB"
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        admit(page, ADA["email"], ADA["password"])
        cdp = context.new_cdp_session(page)
        cdp.send("Performance.enable", {"timeDomain": "threadTicks"})
        yield page, cdp
        browser.close()


def measure(page: Page, cdp: CDPSession, room: Room, seconds: float) -> Seen:
    """One round, from opening to the end of the wheel."""
    seen = Seen()
    page.goto("/saved")
    page.get_by_role("heading").first.wait_for()
    seen.opened = _timed(page, f"/c/{room.channel}", f"No. {MANY}.")
    started = time.perf_counter()
    page.get_by_role("button", name="since").click()
    _in_view(page, f"No. {MANY - UNREAD + 1}.")
    seen.unread = (time.perf_counter() - started) * 1e3
    for number in wanted():
        path = f"/c/{room.channel}?m={room.ids[number]}"
        seen.jumps.append(_timed(page, path, f"No. {number}."))
    _wheel(page, cdp, seen, seconds)
    return seen


def _timed(page: Page, path: str, text: str) -> float:
    """Goes somewhere within the client; milliseconds until the text is in view."""
    started = time.perf_counter()
    page.evaluate("path => history.pushState({}, '', path)", path)
    _in_view(page, text)
    return (time.perf_counter() - started) * 1e3


def _in_view(page: Page, text: str) -> None:
    page.wait_for_function(
        """text => {
            const feed = document.querySelector('[role=feed]')
            const view = feed?.parentElement.getBoundingClientRect()
            return [...(feed?.querySelectorAll('[data-row]') ?? [])].some((row) => {
                const { top, bottom } = row.getBoundingClientRect()
                return row.textContent.includes(text) && bottom > view.top && top < view.bottom
            })
        }""",
        arg=text,
        polling=10,
    )


def _wheel(page: Page, cdp: CDPSession, seen: Seen, seconds: float) -> None:
    """Up for half of the time, down for the other, from where the last jump led."""
    page.mouse.move(720, 450)
    before = _heap(cdp)
    page.evaluate(RECORDER)
    page.wait_for_timeout(CALM_SECONDS * 1e3)
    seen.calm = page.evaluate("window.recorded.frames.splice(0)")
    turns, spent = 0, -_busy(cdp)
    for toward, part, px in WHEEL:
        page.evaluate("toward => { window.recorded.toward = toward }", toward)
        end = time.perf_counter() + seconds * part
        while time.perf_counter() < end:
            page.mouse.wheel(0, -toward * px)
            page.wait_for_timeout(WHEEL_EVERY * 1e3)
            turns += 1
        page.evaluate("window.recorded.toward = 0")
        page.wait_for_timeout(300)  # what is under way comes to rest
    seen.cpu = (spent + _busy(cdp)) / turns
    kept: dict[str, Any] = page.evaluate(
        "() => { const kept = window.recorded; window.recorded = null; return kept }"
    )
    seen.frames, seen.back, seen.gone = kept["frames"], kept["back"], kept["gone"]
    seen.rows, seen.heap = kept["rows"], (before, _heap(cdp))


def _busy(cdp: CDPSession) -> float:
    """Milliseconds of CPU that the page's main thread has used."""
    found = cdp.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in found if one["name"] == "TaskDuration")) * 1e3


def _heap(cdp: CDPSession) -> float:
    """What the page's script holds, without what can be let go."""
    cdp.send("HeapProfiler.collectGarbage")
    used = cdp.send("Runtime.getHeapUsage")["usedSize"]
    return float(used) / 1e6


def run(report: Report, rounds: int, quick: bool) -> None:
    """On a server of its own."""
    with folder() as home, served("courtyard.cli serve", home / "ours") as server:
        # Where browsers keep secure cookies.
        url = f"http://localhost:{server.port}"
        room = prepare(server, url)
        with browsed(url) as (page, cdp):
            measured = [
                measure(page, cdp, room, 6 if quick else WHEEL_SECONDS) for _ in range(rounds)
            ]
    _tell(report, measured)


def _tell(report: Report, measured: list[Seen]) -> None:
    def add(name: str, unit: str, values: list[float], **more: Any) -> None:
        report.add(Line("smooth", name, unit, values, **more))

    add(f"opening a channel of {MANY:,} messages", "ms", [one.opened for one in measured])
    add("to the first unread", "ms", [one.unread for one in measured])
    add("jump to a date, median", "ms", [percentile(one.jumps, 0.5) for one in measured])
    add("jump to a date, slowest", "ms", [max(one.jumps) for one in measured])
    add("frame of the wheel, p50", "ms", [percentile(one.frames, 0.5) for one in measured])
    frames = [percentile(one.frames, 0.95) for one in measured]
    add("frame of the wheel, p95", "ms", frames, limit=FRAME_LIMIT)
    calm = [percentile(one.calm, 0.95) for one in measured]
    add("frame while nothing moves, p95", "ms", calm)
    add("CPU of the page per turn of the wheel", "ms", [one.cpu for one in measured])
    add("frame of the wheel, longest", "ms", [max(one.frames) for one in measured])
    worst = min((move for one in measured for move in one.back), default=0)
    note = f"farthest {-worst:.0f} px; {sum(one.gone for one in measured)} frames share no row"
    add("backward jumps", "", [len(one.back) for one in measured], limit=0, note=note)
    add("rows that exist at most", "", [one.rows for one in measured])
    growth = [one.heap[1] - one.heap[0] for one in measured]
    note = f"heap {measured[-1].heap[1]:.0f} MB at the end"
    add("growth of the heap over the wheel", "MB", growth, limit=HEAP_LIMIT, note=note)
