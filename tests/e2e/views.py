"""The views and states of which pictures are taken."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.e2e.steps import composer, feed, send

ALL = ("desktop", "tablet", "phone")
Step = Callable[[Page], object]


@dataclass(slots=True, frozen=True)
class View:
    """A name, an address or a channel of the seeded group, and what to do there."""

    name: str
    place: str
    steps: tuple[Step, ...] = ()
    widths: tuple[str, ...] = ALL

    def show(self, page: Page, width: str) -> None:
        """Goes there and does it."""
        if self.place.startswith("/"):
            page.goto(self.place)
        else:
            enter(page, self.place)
        for step in self.steps:
            step(page)


def enter(page: Page, channel: str) -> None:
    """Into a channel, by the palette, which is the same everywhere."""
    page.goto("/")
    page.get_by_role("link", name=channel, exact=False).first.click()
    expect(page.get_by_role("heading", name=channel, level=1)).to_be_visible()
    expect(feed(page).get_by_role("article").first).to_be_visible()
    # The pointer rests where it lights nothing.
    page.mouse.move(700, 2)


def run(words: str) -> Step:
    """A command of the palette."""

    def step(page: Page) -> None:
        page.keyboard.press("Control+k")
        page.get_by_role("combobox").fill(words)
        page.keyboard.press("Enter")

    return step


def palette(words: str = "") -> Step:
    """The palette with something typed."""

    def step(page: Page) -> None:
        page.keyboard.press("Control+k")
        expect(page.get_by_role("combobox")).to_be_focused()
        page.keyboard.type(words)

    return step


def press(*keys: str) -> Step:
    """Keys one after the other."""

    def step(page: Page) -> None:
        for key in keys:
            page.keyboard.press(key)

    return step


def click(*names: str) -> Step:
    """Buttons and items of menus, by their words."""

    def step(page: Page) -> None:
        for name in names:
            button = page.get_by_role("button", name=name, exact=True)
            item = page.get_by_role("menuitem", name=name, exact=True)
            button.or_(item).locator("visible=true").first.click()

    return step


def fill(label: str, text: str) -> Step:
    """A field."""
    return lambda page: page.get_by_label(label, exact=True).fill(text)


def wait(words: str) -> Step:
    """Until something is said."""
    return lambda page: expect(page.get_by_text(words).first).to_be_visible()


def talk(name: str, text: str = "") -> Step:
    """A conversation, by the palette, and perhaps something said in it."""

    def step(page: Page) -> None:
        palette(name)(page)
        found = page.get_by_role("option", name=name).filter(has_not_text="Conversation").first
        known = page.get_by_role("option", name=name).filter(has_text="Conversation").first
        found.or_(known).first.click()
        expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
        if text:
            nothing = page.get_by_text("Nothing has been said here yet")
            expect(feed(page).get_by_role("article").first.or_(nothing)).to_be_visible()
            if nothing.is_visible():
                send(page, text)

    return step


def hover(page: Page) -> None:
    """The pointer on a message."""
    feed(page).get_by_role("article").last.hover()


def thread(page: Page) -> None:
    """The thread of the last message, with answers."""
    feed(page).get_by_role("article").last.focus()
    page.keyboard.press("t")
    field = page.get_by_role("textbox", name="Reply in thread")
    for words in ("Which paragraph stopped them?", "The one on data transfer."):
        field.fill(words)
        page.get_by_role("button", name="Send", exact=True).last.click()
        said = page.get_by_role("feed", name="Thread").get_by_text(words)
        expect(said.first).to_be_visible()
    page.wait_for_timeout(400)


def reactions(page: Page) -> None:
    """Reactions on a message, and the choice of one more."""
    row = feed(page).get_by_role("article").last
    given = row.get_by_role("button", name=re.compile("reacted with")).count()
    if not given and page.evaluate("matchMedia('(pointer: fine)').matches"):
        row.hover()
        row.get_by_role("button", name="React with 👀").click()
    row.focus()
    page.keyboard.press("r")
    expect(page.get_by_role("searchbox", name="Search emoji")).to_be_visible()
    page.wait_for_timeout(1500)


def edit(page: Page) -> None:
    """What one said last as a field."""
    composer(page).press("ArrowUp")
    expect(page.get_by_role("textbox", name="Edit message")).to_be_focused()


def hold(page: Page) -> None:
    """A finger rests on a message."""
    at = {"pointerType": "touch", "clientX": 100, "clientY": 600, "isPrimary": True}
    feed(page).get_by_role("article").last.dispatch_event("pointerdown", at)
    expect(page.get_by_role("dialog")).to_be_visible()


def without_line(page: Page) -> None:
    """The line is down, and one writes on."""
    # Never to arrive: the other pictures are of the same talk.
    page.route("**/messages", lambda route: route.abort())
    page.context.set_offline(offline=True)
    send(page, "I am in the lift. This will arrive when I do.")
    page.wait_for_timeout(3500)


def scroll_up(page: Page) -> None:
    """Reading what was said before."""
    feed(page).hover()
    page.mouse.wheel(0, -1500)


def group(path: str) -> Step:
    """A page about the group one is in."""

    def step(page: Page) -> None:
        address = page.get_by_role("link", name="Discharge redesign").first.get_attribute("href")
        page.goto(f"{address}/{path}")

    return step


def wizard(step: int) -> Step:
    """A later step of the first run, as if the others had been done."""
    draft = {
        "step": step,
        "workspace": "Lindenhof Clinic",
        "groupName": "Discharge redesign" if step == 4 else "",
    }
    keep = "draft => sessionStorage.setItem('courtyard.setup', JSON.stringify(draft))"

    def go(page: Page) -> None:
        page.goto("/theme.js")
        page.evaluate(keep, draft)
        page.goto("/setup")

    return go


def forget(page: Page) -> None:
    """The wizard starts afresh."""
    page.evaluate("sessionStorage.clear()")


HOUSE = (wait("intake-pilot"),)
INSIDE = [
    View("chat", "intake-pilot"),
    View("chat-code", "bridge-hl7"),
    View("chat-table", "announcements"),
    View("chat-hover", "bridge-hl7", (hover,), ("desktop",)),
    View("chat-edit", "intake-pilot", (edit,), ("desktop",)),
    View("chat-actions", "kitchen-table", (hold,), ("phone",)),
    View("thread", "intake-pilot", (thread,)),
    View("threads", "intake-pilot", (thread, lambda p: p.goto("/threads"), wait("Reply"))),
    View("reactions", "intake-pilot", (reactions,)),
    View("chat-panel", "intake-pilot", (run("people and details"), wait("Tell me about"))),
    View("chat-scrolled", "intake-pilot", (scroll_up,), ("desktop", "phone")),
    View(
        "delete",
        "intake-pilot",
        (edit, press("Control+a", "Delete", "Enter"), wait("Delete this message?")),
        ("desktop", "phone"),
    ),
    View("list", "/", (wait("intake-pilot"),), ("phone",)),
    View("palette", "intake-pilot", (palette(),)),
    View("palette-typed", "intake-pilot", (palette("ni"),)),
    View("palette-none", "intake-pilot", (palette("qx"),), ("desktop",)),
    View("shortcuts", "intake-pilot", (run("keyboard shortcuts"),), ("desktop", "tablet")),
    View("group-menu", "intake-pilot", (click("Group menu"),), ("desktop",)),
    View("group-menu", "/", (*HOUSE, click("Group menu")), ("phone",)),
    View("channel-menu", "intake-pilot", (click("More about this channel"),)),
    View("my-menu", "intake-pilot", (click("You, Ada Okafor"),), ("desktop",)),
    View("new-channel", "intake-pilot", (run("create channel"), fill("Name", "consent-wording"))),
    View("new-category", "intake-pilot", (run("create category"),), ("desktop",)),
    View(
        "new-group",
        "intake-pilot",
        (run("create or join a group"), fill("Name of the group", "Ethics board")),
        ("desktop", "phone"),
    ),
    View(
        "join-group",
        "intake-pilot",
        (
            run("create or join a group"),
            lambda p: p.get_by_role("radio", name="Join with a link").click(),
        ),
        ("desktop",),
    ),
    View(
        "invite",
        "intake-pilot",
        (run("invite people"), click("Make a link"), wait("Copy link")),
        ("desktop", "phone"),
    ),
    View(
        "topic",
        "intake-pilot",
        (click("More about this channel", "Change topic"),),
        ("desktop", "phone"),
    ),
    View("archive", "intake-pilot", (click("More about this channel", "Archive"),), ("desktop",)),
    View(
        "rules",
        "intake-pilot",
        (click("More about this channel", "Permissions"), wait("Announcements")),
    ),
    View("leave", "intake-pilot", (run("leave group"),), ("desktop", "phone")),
    View("toast", "kitchen-table", (run("mark everything"),), ("desktop", "phone")),
    View("talks", "/", (*HOUSE, talk("Bo Brandt", "Good morning, Bo."), talk("Cy"))),
    View("talks-list", "/dm", (wait("Bo Brandt"),), ("phone",)),
    View("new-talk", "intake-pilot", (press("Alt+y"), wait("Esi Boateng")), ("desktop", "phone")),
    View("activity", "/activity", (wait("Unread only"),)),
    View("status", "intake-pilot", (run("set a status"),), ("desktop", "phone")),
    View("quiet", "/settings/notifications", (wait("Quiet hours"),)),
    View("browse", "/", (*HOUSE, group("channels"), wait("channels you can see"))),
    View("members", "/", (*HOUSE, group("members"), wait("Bo Brandt"))),
    View("roles", "/", (*HOUSE, group("roles"), wait("New role"))),
    View("group-settings", "/", (*HOUSE, group("settings"), wait("Archive group"))),
    View("profile", "/settings/profile", (wait("Save profile"),)),
    View("appearance", "/settings/appearance", (wait("Compact"),)),
    View("password", "/settings/password", (wait("Change password"),), ("desktop", "phone")),
    View("devices", "/settings/devices", (wait("This device"),)),
    View("people", "/settings/people", (wait("Everybody who has an account"),)),
    View("licence", "/settings/licence", (wait("seats taken"),)),
    View("gone", "/c/00000000-0000-7000-8000-000000000000", (wait("or it is not open to you"),)),
    View("nowhere", "/nowhere", (wait("Nothing at this address"),), ("desktop", "phone")),
    View("setup-3", "/", (wizard(3), wait("Your first group")), ("desktop", "phone")),
    View("setup-4", "/", (wizard(4), wait("Bring someone in"), forget), ("desktop", "phone")),
    View("chat-offline", "kitchen-table", (without_line,), ("desktop", "phone")),
]
