"""Every page and main state under axe: nothing to find, at a desk and on a phone, in both themes."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import clean
from tests.e2e.conftest import Person, Profile
from tests.e2e.house import House
from tests.e2e.steps import channel_row, composer, message

TALK = (
    "Good morning. **Six** beds, *two* waiting, ~~none~~ ||nobody|| and `code`.",
    "```python bridge/allergy.py\ndef segments(msg):\n    return [1]\n```",
    "- [x] done\n- [ ] open\n\n> said before\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    "See https://example.org/a and [this](https://example.org).",
)
LOOKS = ["desktop", "phone"]


@pytest.fixture(scope="module")
def ward(house: House) -> dict[str, str]:
    """A group with something of everything; name → id of its channels."""
    group = house.group("Axes", "bo", "cy")
    heading = house.ada.category(group, "Talk")
    channels = {"group": group, "general": house.ada.channels(group)["general"]}
    topic = "What is said here, in one line."
    channels["talk"] = house.ada.channel(group, "talk", topic=topic, category_id=heading)
    channels["closed"] = house.ada.channel(group, "closed", private=True)
    channels["old"] = house.ada.channel(group, "old")
    house.ada.ask("PUT", f"/channels/{channels['old']}/archived", {"archived": True})
    for name in ("bo", "cy"):
        house.people[name].follow(channels["talk"])
    house.people["bo"].say(channels["talk"], *TALK)
    house.ada.say(channels["talk"], "Mine, *edited* and all.")
    return channels


@pytest.mark.parametrize("width", LOOKS)
def test_places(person: Person, ward: dict[str, str], house: House, width: str) -> None:
    page = person("ada", f"/c/{ward['talk']}", width=width)
    expect(message(page, "Mine, edited and all.")).to_be_visible()
    clean(page)
    if width == "desktop":
        message(page, "Mine, edited").hover()
        expect(page.get_by_role("toolbar", name="Message actions")).to_be_visible()
        clean(page)
    page.goto(f"/c/{ward['general']}")
    expect(page.get_by_text("Nothing has been said here yet")).to_be_visible()
    clean(page)
    page.goto(f"/c/{ward['old']}")
    expect(page.get_by_text("This channel is archived. It can be read")).to_be_visible()
    clean(page)
    page.goto(f"/g/{ward['group']}")
    expect(channel_row(page, "talk")).to_be_visible()
    clean(page)
    for path in ("channels", "members"):
        page.goto(f"/g/{ward['group']}/{path}")
        expect(page.get_by_role("status").filter(has_text=re.compile(r"\d"))).to_be_visible()
        clean(page)
    page.goto(f"/g/{ward['group']}/settings")
    expect(page.get_by_role("button", name="Archive group")).to_be_visible()
    clean(page)
    page.goto("/c/00000000-0000-7000-8000-000000000000")
    expect(page.get_by_text("It does not exist any more")).to_be_visible()
    clean(page)
    page.goto("/nowhere")
    expect(page.get_by_role("heading", name="Nothing at this address")).to_be_visible()
    clean(page)


@pytest.mark.parametrize("width", LOOKS)
def test_settings(person: Person, width: str) -> None:
    page = person("cy", width=width)
    for section, what in (
        ("profile", "Save profile"),
        ("appearance", "Compact"),
        ("password", "Change password"),
        ("devices", "Sign out everywhere"),
    ):
        page.goto(f"/settings/{section}")
        expect(page.get_by_role("main").get_by_text(what, exact=True)).to_be_visible()
        clean(page)
    page.get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_role("alertdialog")).to_be_visible()
    clean(page)


def layers(page: Page) -> dict[str, Callable[[], None]]:
    """What can lie over a channel, and how it is opened."""

    def choose(*names: str) -> None:
        for name in names:
            role = "button" if name == names[0] else "menuitem"
            page.get_by_role(role, name=name, exact=True).locator("visible=true").first.click()

    def palette(words: str) -> None:
        page.keyboard.press("Control+k")
        page.get_by_role("combobox").fill(words)
        page.keyboard.press("Enter")

    more = "More about this channel"
    return {
        "palette": lambda: page.keyboard.press("Control+k"),
        "shortcuts": lambda: palette("keyboard shortcuts"),
        "channel menu": lambda: choose(more),
        "topic": lambda: choose(more, "Change topic"),
        "archive": lambda: choose(more, "Archive"),
        "new channel": lambda: palette("create channel"),
        "new category": lambda: palette("create category"),
        "another group": lambda: palette("create or join"),
        "invite": lambda: palette("invite people"),
        "leave": lambda: palette("leave group"),
        "panel": lambda: palette("people and details"),
    }


@pytest.mark.parametrize("width", LOOKS)
def test_layers(person: Person, ward: dict[str, str], width: str) -> None:
    page = person("ada", f"/c/{ward['closed']}", width=width)
    expect(composer(page)).to_be_visible()
    over = page.locator("[role=dialog], [role=alertdialog], [role=menu], aside[aria-label^=People]")
    for opened in layers(page).values():
        opened()
        expect(over.first).to_be_visible()
        expect(page.get_by_text("Loading")).to_have_count(0)
        clean(page)
        if over.first.get_attribute("role") is None:
            # The panel lies beside the talk: there Esc is for what is unread.
            over.get_by_role("button", name="Close").click()
        page.keyboard.press("Escape")
        expect(over).to_have_count(0)


@pytest.mark.parametrize("width", LOOKS)
def test_the_door(profile: Profile, house: House, width: str) -> None:
    page = profile(house.server.url, width=width)
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill("nobody@example.org")
    page.get_by_label("Password", exact=True).fill("wrong password")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("do not belong together")).to_be_visible()
    clean(page)
    page.goto(f"/join/{house.ada.invite(house.ward)}")
    expect(page.get_by_text("invites you in")).to_be_visible()
    clean(page)
    page.goto("/join/gone")
    expect(page.get_by_text("no longer good")).to_be_visible()
    clean(page)
