"""Pictures of every view and state, to be looked at: `python -m tests.e2e.screens [OUT] [WORD…]`.

Without OUT they go to build/screens. With words, only views whose name holds one of them. The
pictures of the README in docs/images are taken anew by `python -m tests.e2e.screens --readme`.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.action_views import ACTIONS
from tests.e2e.chromium import FLAGS, WIDTHS, chromium
from tests.e2e.doors import DOOR, NEW
from tests.e2e.house import Tenant, admit
from tests.e2e.quiet_views import QUIET
from tests.e2e.server import Server
from tests.e2e.views import INSIDE, View, enter

ROOT = Path(__file__).parents[2]
SEEDED = ("ada@lindenhof.example", "tea-in-the-courtyard")
# Channel → how many of its messages one has not read yet.
UNREAD = {"intake-pilot": 3, "night-shift": 1, "handover": 1}
LOOKS = [(width, theme) for width in WIDTHS for theme in ("dark", "light")]


@contextmanager
def serving(*, seeded: bool) -> Iterator[Server]:
    """A workspace in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="courtyard-screens-") as folder:
        # The services' own account must pass through.
        Path(folder).chmod(0o711)
        server = Server(Path(folder) / "data")
        server.start()
        try:
            if seeded:
                server.command("seed")
            yield server
        finally:
            server.stop()


def open_page(browser: Browser, url: str, width: str, theme: str) -> Page:
    """A profile of its own in which nothing moves."""
    w, h = WIDTHS[width]
    context = browser.new_context(
        base_url=url,
        viewport={"width": w, "height": h},
        has_touch=width == "phone",
        is_mobile=width == "phone",
        device_scale_factor=2 if width == "phone" else 1,
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
        # It would ask past the routes of a view.
        service_workers="block",
    )
    context.set_default_timeout(10_000)
    look = f"localStorage.setItem('courtyard.appearance', JSON.stringify({{theme: '{theme}'}}))"
    context.add_init_script(f"localStorage.getItem('courtyard.appearance') ?? {look}")
    return context.new_page()


def freshen(server: Server) -> None:
    """The seeded person has unread talk again, and blocks nobody."""
    ada = Tenant.enter(server.url, *SEEDED)
    for blocked in ada.ask("GET", "/me/blocks"):
        ada.ask("DELETE", f"/me/blocks/{blocked['user_id']}")
    for channel in ada.ask("GET", "/places")["channels"]:
        path = f"/channels/{channel['id']}"
        said = ada.ask("GET", f"{path}/messages")["messages"]
        if unread := UNREAD.get(channel["name"]):
            body = {"position": said[-unread - 1]["position"], "back": True}
            ada.ask("PUT", f"{path}/read", body)


def settle(page: Page) -> None:
    """Fonts and pictures are there."""
    page.evaluate(
        """async () => {
            await document.fonts.ready
            await Promise.all([...document.images].map(image => image.decode().catch(() => {})))
        }"""
    )
    page.wait_for_timeout(250)


def take(page: Page, view: View, path: Path, width: str) -> None:
    """One picture; a view that cannot be had is said and passed over."""
    try:
        view.show(page, width)
        settle(page)
        page.screenshot(path=path)
    except Exception as error:
        print(f"  {path.name}: {str(error).splitlines()[0]}", flush=True)
    finally:
        page.context.set_offline(offline=False)


def album(browser: Browser, server: Server, views: list[View], out: Path, *, inside: bool) -> None:
    """Every view in every look."""
    for width, theme in LOOKS:
        page = open_page(browser, server.url, width, theme)
        if inside:
            freshen(server)
            admit(page, *SEEDED)
        for view in views:
            if width in view.widths:
                take(page, view, out / f"{width}-{theme}-{view.name}.png", width)
        page.context.close()
        print(f"{width} {theme}", flush=True)


def readme(browser: Browser, server: Server) -> None:
    """The pictures of the README."""
    out = ROOT / "docs" / "images"
    out.mkdir(parents=True, exist_ok=True)
    for name, width, theme in (
        ("chat-dark", "desktop", "dark"),
        ("chat-light", "desktop", "light"),
        ("phone", "phone", "dark"),
    ):
        freshen(server)
        page = open_page(browser, server.url, width, theme)
        admit(page, *SEEDED)
        enter(page, "intake-pilot")
        settle(page)
        page.screenshot(path=out / f"{name}.png")
        page.context.close()


def main(arguments: list[str]) -> None:
    """Takes them all, or those that were asked for."""
    words = [one for one in arguments if not one.startswith("-")]
    out = Path(words.pop(0)) if words and "/" in words[0] else ROOT / "build" / "screens"
    out.mkdir(parents=True, exist_ok=True)
    if not words and "--readme" not in arguments:
        for old in out.glob("*.png"):
            old.unlink()

    def wanted(views: list[View]) -> list[View]:
        return [view for view in views if not words or any(word in view.name for word in words)]

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        with serving(seeded=True) as server:
            if "--readme" in arguments:
                readme(browser, server)
                return
            album(browser, server, wanted(INSIDE + ACTIONS + QUIET), out, inside=True)
            album(browser, server, wanted(DOOR), out, inside=False)
        if wanted(NEW):
            with serving(seeded=False) as server:
                album(browser, server, wanted(NEW), out, inside=False)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
