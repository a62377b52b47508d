"""Journeys in a real Chromium against a real `courtyard serve`."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.chromium import FLAGS, WIDTHS, chromium
from tests.e2e.house import House
from tests.e2e.server import Server

# What the browser itself says of a line that is down or an answer that is no: not our words.
BROWSER = re.compile(r"Failed to load resource|net::ERR_|WebSocket connection to")


@pytest.fixture(autouse=True)
def _closed_tabs() -> None:
    """Nothing here speaks to a socket itself, and no other loop can run beside Playwright's."""


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Ended with this folder: while it runs, no test can have an event loop of its own."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def new_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server nobody has set up yet."""
    started = Server(tmp_path_factory.mktemp("e2e") / "data")
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A workspace that is lived in, shared by all: each test makes what it changes."""
    server = Server(tmp_path_factory.mktemp("e2e") / "data")
    server.start()
    yield House(server)
    server.stop()


Profile = Callable[..., Page]
Person = Callable[..., Page]


@pytest.fixture
def profile(browser: Browser) -> Iterator[Profile]:
    """Opens a page in a profile of its own; fails when the page logged an error, breached the
    content policy or asked a foreign origin for anything."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_profile(
        url: str, width: str = "desktop", theme: str = "dark", *, strict: bool = True
    ) -> Page:
        w, h = WIDTHS[width]
        context = browser.new_context(
            base_url=url,
            viewport={"width": w, "height": h},
            has_touch=width == "phone",
            is_mobile=width == "phone",
            locale="en-GB",
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        look = f"localStorage.setItem('courtyard.appearance', JSON.stringify({{theme: '{theme}'}}))"
        if theme != "dark":
            context.add_init_script(look)
        contexts.append(context)
        page = context.new_page()
        if strict:
            _watch(page, url, wrong)
        return page

    yield open_profile
    for context in contexts:
        context.close()
    assert not wrong


def _watch(page: Page, home: str, wrong: list[str]) -> None:
    def asked(url: str) -> None:
        if not url.startswith((home, home.replace("http", "ws"), "blob:", "data:")):
            wrong.append(f"foreign request: {url}")

    def said(kind: str, text: str) -> None:
        if kind == "error" and not BROWSER.search(text):
            wrong.append(f"console: {text}")

    page.on("request", lambda request: asked(request.url))
    page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
    page.on("console", lambda line: said(line.type, line.text))


@pytest.fixture
def person(profile: Profile, house: House) -> Person:
    """Somebody at the shared workspace, signed in: `person("ada", width="phone")`."""

    def arrive(name: str, path: str = "/", **options: str) -> Page:
        page = profile(house.server.url, **options)
        house.admit(page, name)
        page.goto(path)
        return page

    return arrive
