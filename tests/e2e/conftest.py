"""Journeys in a real Chromium against a real `courtyard serve`."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
START_SECONDS = 60
WIDTHS = {"desktop": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}


def chromium() -> str | None:
    """The browser: $CHROMIUM, else the system's; None lets Playwright take its own."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), None)


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
            "COURTYARD_LIMIT_FACTOR": "20",
        }
        self.log = folder.with_suffix(".log")
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "courtyard.cli", "serve"],
                env=self.env, stdout=log, stderr=log, start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            assert self.process.poll() is None, self.log.read_text()[-2000:]
            assert time.monotonic() < deadline, self.log.read_text()[-2000:]
            time.sleep(0.1)

    def stop(self) -> None:
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)
            self.process = None

    def command(self, *words: str) -> str:
        """Runs a command of the console on this workspace."""
        done = subprocess.run(
            [sys.executable, "-m", "courtyard.cli", *words],
            env=self.env, capture_output=True, text=True, check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/api/health", timeout=2):
                return True
        except OSError:
            return False


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("e2e") / "data")
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


Person = Callable[..., Page]


@pytest.fixture
def person(browser: Browser, server: Server) -> Iterator[Person]:
    """Opens a page in a profile of its own; fails when the page logged an error, breached the
    content policy or asked a foreign origin for anything."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_profile(width: str = "desktop", theme: str = "dark") -> Page:
        w, h = WIDTHS[width]
        context = browser.new_context(
            base_url=server.url,
            viewport={"width": w, "height": h},
            has_touch=width == "phone",
            color_scheme="dark" if theme == "dark" else "light",
            locale="en-GB",
            timezone_id="Europe/Berlin",
        )
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.url)
        contexts.append(context)
        page = context.new_page()
        _watch(page, server.url, wrong)
        return page

    yield open_profile
    for context in contexts:
        context.close()
    assert not wrong


def _watch(page: Page, home: str, wrong: list[str]) -> None:
    def asked(url: str) -> None:
        if not url.startswith((home, home.replace("http", "ws"), "blob:", "data:")):
            wrong.append(f"foreign request: {url}")

    page.on("request", lambda request: asked(request.url))
    page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
    page.on(
        "console",
        lambda line: (
            wrong.append(f"console: {line.text}")
            if line.type == "error" and "Failed to load resource" not in line.text
            else None
        ),
    )


def axe(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands: rule and element."""
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"
    )
    return [f"{v['id']}: {json.dumps(n['target'])}" for v in found for n in v["nodes"]]
