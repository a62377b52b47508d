"""The first day: a house is opened, somebody is let in, and a line breaks while they talk."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.axe import clean
from tests.e2e.conftest import Profile
from tests.e2e.house import PASSWORD
from tests.e2e.server import Server
from tests.e2e.steps import channel_row, composer, message, order, say, send


def set_up(page: Page) -> str:
    """The four questions of the wizard; gives the invitation link of the last."""
    page.goto("/")
    expect(page.get_by_role("heading", name="What is this place called?")).to_be_visible()
    page.get_by_label("Name of the workspace").fill("St. Brigid’s")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Who looks after this place?")).to_be_visible()
    page.get_by_label("Your name").fill("Ada Okafor")
    page.get_by_label("E-mail").fill("ada@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Your first group")).to_be_visible()
    page.get_by_label("Name of the group").fill("Theatre two")
    expect(page.get_by_label("Put demo content in")).to_be_checked()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Bring someone in")).to_be_visible()
    page.get_by_role("button", name="Make a link").click()
    link = page.get_by_text("/join/").inner_text()
    page.get_by_role("button", name="Open St. Brigid’s").click()
    expect(page.get_by_role("heading", name="general", level=1)).to_be_visible()
    # One's own group comes first, and beside it the one to look around in.
    expect(page.get_by_role("link", name="Theatre two")).to_be_visible()
    expect(page.get_by_role("link", name="Discharge redesign")).to_be_visible()
    return link


def join(page: Page, link: str) -> None:
    """A colleague comes in by the link."""
    page.goto(link)
    expect(page.get_by_text("Ada Okafor invites you in.")).to_be_visible()
    expect(page.get_by_text("Theatre two")).to_be_visible()
    page.get_by_label("Your name").fill("Bo Brandt")
    page.get_by_label("E-mail").fill("bo@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    expect(page.get_by_role("heading", name="general", level=1)).to_be_visible()


def sign_in(page: Page, email: str) -> None:
    """Through the door, with a password."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_wizard_is_open_to_everyone(new_server: Server, profile: Profile, width: str) -> None:
    page = profile(new_server.url, width=width)
    page.goto("/")
    expect(page.get_by_role("heading", name="What is this place called?")).to_be_visible()
    expect(page.get_by_text("PostgreSQL")).to_be_visible()
    clean(page)
    page.get_by_label("Name of the workspace").fill("St. Brigid’s")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="Who looks after this place?")).to_be_visible()
    page.get_by_label("Password", exact=True).fill("aaaaaaaaaaaa")
    clean(page)


def test_the_first_day(new_server: Server, profile: Profile) -> None:
    ada, bo = profile(new_server.url), profile(new_server.url)
    join(bo, set_up(ada))
    say(ada, "Good morning, Bo.")
    expect(message(bo, "Good morning, Bo.")).to_be_visible()
    say(bo, "Good morning, Ada.")
    expect(message(ada, "Good morning, Ada.")).to_be_visible()
    _a_line_breaks(ada, bo)
    phone = profile(new_server.url, width="phone")
    _a_second_device_follows(ada, bo, phone)


def _a_line_breaks(ada: Page, bo: Page) -> None:
    """Bo writes without a line, reloads, and comes back: both see each message once, in order."""
    unsent = ["Bo writes one", "Bo writes two", "Bo writes three"]
    others = ["Ada writes one", "Ada writes two"]
    # The service worker has what the page needs to open again.
    bo.evaluate("navigator.serviceWorker.ready.then(() => true)")
    bo.context.set_offline(offline=True)
    say(bo, *unsent)
    say(ada, *others)
    expect(bo.get_by_text("You are offline.")).to_be_visible()
    bo.reload()
    expect(composer(bo)).to_be_visible()
    for text in unsent:
        expect(message(bo, text)).to_have_count(1)
    expect(message(ada, "Bo writes")).to_have_count(0)
    bo.context.set_offline(offline=False)
    for page in (ada, bo):
        for text in unsent + others:
            expect(message(page, text)).to_have_count(1, timeout=30_000)
    expect(bo.get_by_text("You are offline.")).to_have_count(0, timeout=30_000)
    # Theirs first: what was said while the line was down came before what went out afterwards.
    assert order(ada, *unsent, *others) == others + unsent
    assert order(bo, *unsent, *others) == others + unsent
    send(bo, "And here again.")
    expect(message(ada, "And here again.")).to_be_visible()


def _a_second_device_follows(ada: Page, bo: Page, phone: Page) -> None:
    """What Ada reads at her desk is read on her phone."""
    sign_in(phone, "ada@example.org")
    expect(channel_row(phone, "general")).to_be_visible()
    expect(channel_row(phone, "general unread")).to_have_count(0)
    # Ada looks elsewhere, so that something can be unread for her.
    ada.goto("/settings/profile")
    expect(ada.get_by_role("heading", name="Profile")).to_be_visible()
    send(bo, "Are you there?")
    expect(channel_row(phone, "general unread")).to_be_visible()
    ada.goto("/")
    expect(message(ada, "Are you there?")).to_be_visible()
    expect(channel_row(phone, "general unread")).to_have_count(0)
    # And the other way round.
    ada.goto("/settings/profile")
    expect(ada.get_by_role("heading", name="Profile")).to_be_visible()
    send(bo, "On the phone, perhaps?")
    expect(channel_row(phone, "general unread")).to_be_visible()
    channel_row(phone, "general").click()
    expect(message(phone, "On the phone, perhaps?")).to_be_visible()
    ada.get_by_role("link", name="Theatre two").hover()
    expect(ada.get_by_role("link", name="Theatre two unread")).to_have_count(0)
