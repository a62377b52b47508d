"""What one does with a message and where it leads: forwarding, earlier wordings, the inbox of
threads, the way from Activity into a thread, and what is made unread again."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import clean
from tests.e2e.conftest import Person
from tests.e2e.house import PASSWORD, House, email
from tests.e2e.steps import choose, message, toast


def reply(house: House, name: str, channel: str, root: str, text: str) -> str:
    """Somebody answers in a thread, over the API."""
    body = {"client_id": str(uuid4()), "text": text, "root_id": root}
    path = f"/channels/{channel}/messages"
    return str(house.people[name].ask("POST", path, body)["id"])


def thread(page: Page) -> Locator:
    """The talk in the thread that is open."""
    return page.get_by_role("feed", name="Thread")


def said(page: Page, text: str) -> Locator:
    """A reply in the thread that is open."""
    return thread(page).get_by_role("article").filter(has_text=text)


def threads(page: Page) -> Locator:
    """The list of the threads one follows."""
    return page.get_by_role("list", name="Threads")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_message_goes_to_a_place_with_other_readers(
    person: Person, house: House, width: str
) -> None:
    group = house.group(f"Forwards {width}", "bo", "cy")
    ada = house.ada
    closed = ada.channel(group, "for-two", private=True)
    ada.ask("PUT", f"/channels/{closed}/people/{house.people['bo'].id}")
    general = ada.channels(group)["general"]
    ada.say(closed, "The ward moves on **Friday**.")
    bo, cy = person("bo", f"/c/{closed}", width=width), person("cy", f"/c/{general}")
    row = message(bo, "The ward moves")
    expect(row).to_be_visible()
    if width == "phone":
        at = {"pointerType": "touch", "clientX": 100, "clientY": 700, "isPrimary": True}
        row.dispatch_event("pointerdown", at)
        bo.get_by_role("dialog", name="Message actions").get_by_role(
            "button", name="Forward"
        ).click()
    else:
        row.focus()
        bo.keyboard.press("f")
    dialog = bo.get_by_role("dialog", name="Forward")
    expect(dialog).to_contain_text("The ward moves on Friday.")
    dialog.get_by_role("combobox").fill("gener")
    clean(bo)
    dialog.get_by_role("option", name=re.compile(f"^general.*Forwards {width}")).click()
    # Who did not read it before, in a number: cy.
    expect(dialog.get_by_role("status")).to_have_text(
        "Forwarding to general lets 1 more person read this."
    )
    dialog.get_by_role("textbox").fill("So that you know.")
    clean(bo)
    dialog.get_by_role("button", name="Forward it").click()
    expect(dialog).to_have_count(0)
    there = message(cy, "So that you know.")
    expect(there).to_contain_text("The ward moves on Friday.")
    expect(there).to_contain_text("Ada Okafor")
    expect(toast(bo, "Forwarded to general")).to_be_visible()
    bo.get_by_role("button", name="Show it").click()
    expect(bo).to_have_url(re.compile(rf"/c/{general}\?m="))
    expect(message(bo, "So that you know.")).to_be_visible()
    clean(bo)


def test_a_message_goes_to_a_person_one_has_not_talked_with(person: Person, house: House) -> None:
    group = house.group("Passed on", "dee", "esi")
    general = house.ada.channels(group)["general"]
    house.ada.say(general, "Keys are in the drawer.")
    dee = person("dee", f"/c/{general}")
    choose(dee, message(dee, "Keys are in"), "Forward")
    dialog = dee.get_by_role("dialog", name="Forward")
    dialog.get_by_role("combobox").fill("esi bo")
    expect(dialog.get_by_role("option", name="Esi Boateng")).to_be_visible()
    dialog.get_by_role("combobox").press("Enter")
    expect(dialog).to_contain_text("Only Esi Boateng and you will read it there.")
    # Words are no must.
    dialog.get_by_role("textbox").press("Control+Enter")
    dee.get_by_role("button", name="Show it").click()
    expect(message(dee, "Keys are in the drawer.")).to_be_visible()
    esi = person("esi")
    talks = esi.get_by_role("link", name=re.compile("^Messages"))
    expect(talks).to_have_accessible_name("Messages 1 message to read")
    # Read as well: who looks at this talk later counts what is unread.
    with esi.expect_response(re.compile(r"/channels/[^/]+/read$")):
        talks.click()
        expect(message(esi, "Keys are in the drawer.")).to_be_visible()
    expect(talks).to_have_accessible_name("Messages")


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_earlier_wordings_are_there_for_all_who_read(
    person: Person, house: House, width: str
) -> None:
    group = house.group(f"Wordings {width}", "bo")
    general = house.ada.channels(group)["general"]
    (tea,) = house.ada.say(general, "Tea at four in the hall.")
    for text in ("Tea at five in the hall.", "Tea at five in the garden."):
        house.ada.ask("PATCH", f"/messages/{tea}", {"text": text})
    bo = person("bo", f"/c/{general}", width=width)
    row = message(bo, "Tea at five")
    if width == "phone":
        row.get_by_role("button", name="edited").click()
    else:
        row.focus()
        bo.keyboard.press("h")
    dialog = bo.get_by_role("dialog", name="Earlier wordings")
    rows = dialog.get_by_role("listitem")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("as it stands now")
    expect(rows.nth(0).locator("ins")).to_have_text("Added: garden.")
    expect(rows.nth(0).locator("del")).to_have_text("Removed: hall.")
    expect(rows.nth(1).locator("ins")).to_have_text("Added: five")
    expect(rows.nth(1).locator("del")).to_have_text("Removed: four")
    expect(rows.nth(2)).to_contain_text("Tea at four in the hall.")
    expect(rows.nth(2).locator("ins, del")).to_have_count(0)
    clean(bo)
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)


def test_two_people_in_the_inbox_of_threads(person: Person, house: House) -> None:
    group = house.group("Inbox", "bo")
    general = house.ada.channels(group)["general"]
    first, second = house.ada.say(general, "Who has the first key?", "Who has the second key?")
    ada, bo = person("ada", f"/c/{general}"), person("bo", f"/c/{general}")
    entry = ada.get_by_role("link", name=re.compile("^Threads"))
    expect(entry).to_be_visible()
    before = unread_threads(entry)
    reply(house, "bo", general, first, "I have the first.")
    reply(house, "bo", general, second, "The second is mine.")
    expect(entry).to_have_accessible_name(re.compile(f"{before + 2} unread threads"))
    expect(ada).to_have_title(re.compile(r"^\(\d+\) "))
    ada.keyboard.press("Alt+h")
    rows = threads(ada).get_by_role("listitem")
    expect(rows.nth(0)).to_contain_text("Who has the second key?")
    expect(rows.nth(0)).to_contain_text("The second is mine.")
    expect(rows.nth(1)).to_contain_text("Who has the first key?")
    expect(rows.nth(0).get_by_role("img", name="Unread")).to_be_visible()
    clean(ada)
    # What is answered last comes first, while one looks.
    reply(house, "bo", general, first, "And a copy of it.")
    expect(rows.nth(0)).to_contain_text("And a copy of it.")
    expect(rows.nth(0)).to_contain_text("I have the first.")
    # By key to the second one, and into it; seen there, it is read.
    ada.bring_to_front()
    rows.nth(0).get_by_role("link", name=re.compile("first key")).focus()
    ada.keyboard.press("j")
    ada.keyboard.press("Enter")
    expect(ada).to_have_url(re.compile(rf"\?thread={second}"))
    expect(said(ada, "The second is mine.")).to_be_visible()
    expect(entry).to_have_accessible_name(re.compile(f"{before + 1} unread thread"))
    ada.go_back()
    row = rows.filter(has_text="second key")
    expect(row.get_by_role("img", name="Unread")).to_have_count(0)
    rows.filter(has_text="first key").get_by_role("link", name="Reply", exact=True).click()
    field = ada.get_by_role("textbox", name="Reply in thread")
    field.fill("Bring both.")
    field.press("Enter")
    expect(said(ada, "Bring both.")).to_be_visible()
    # Bo follows what bo wrote in: told by number, and all read with one click.
    bo.goto("/threads")
    mine = threads(bo).get_by_role("listitem").filter(has_text="first key")
    expect(mine).to_contain_text("Bring both.")
    expect(mine.get_by_role("img", name="Unread")).to_be_visible()
    bo.get_by_role("button", name="Mark all threads as read").click()
    expect(threads(bo).get_by_role("img", name="Unread")).to_have_count(0)
    bo.reload()
    expect(mine).to_be_visible()
    expect(threads(bo).get_by_role("img", name="Unread")).to_have_count(0)


def unread_threads(entry: Locator) -> int:
    """What the number beside the entry says."""
    found = re.search(r"(\d+)", entry.inner_text())
    return int(found.group(1)) if found else 0


def test_no_thread_yet(person: Person, house: House) -> None:
    who = {"name": "Fern Novak", "email": email("fern"), "password": PASSWORD}
    house.ada.ask("POST", "/invites/join", {"token": house.ada.invite(house.ward), **who})
    page = person("fern", "/threads")
    expect(page.get_by_text("You follow no thread yet")).to_be_visible()
    clean(page)


@pytest.mark.parametrize("width", ["desktop", "tablet", "phone"])
def test_a_reply_in_activity_opens_its_thread(person: Person, house: House, width: str) -> None:
    group = house.group(f"Leading {width}", "bo")
    general = house.ada.channels(group)["general"]
    (root,) = house.people["bo"].say(general, "Is the lift working?")
    for number in range(30):
        reply(house, "ada", general, root, f"Floor {number:02} is fine.")
    wanted = reply(house, "ada", general, root, f"It stops below the fifth, {width}.")
    for number in range(30, 60):
        reply(house, "ada", general, root, f"Floor {number:02} is fine.")
    bo = person("bo", "/activity", width=width)
    heading = bo.get_by_role("heading", name=re.compile("^Today, "))
    expect(heading).to_be_visible()
    clean(bo)
    house.people["bo"].ask("PUT", f"/messages/{wanted}/saved")
    if width == "phone":
        # By what one saved.
        bo.goto("/saved")
        bo.get_by_role("button", name=re.compile(f"below the fifth, {width}")).click()
    elif width == "tablet":
        # By a bare address, as it was copied elsewhere.
        bo.goto(f"/c/{general}?m={wanted}")
    else:
        row = bo.get_by_role("link", name=re.compile(f"below the fifth, {width}"))
        more = bo.get_by_role("button", name="Show older")
        expect(row.or_(more).first).to_be_visible()
        if row.count() == 0:
            more.click()
        row.click()
    expect(bo).to_have_url(re.compile(rf"\?thread={root}&m={wanted}"))
    lit = said(bo, f"below the fifth, {width}")
    expect(lit).to_be_in_viewport()
    expect(lit).to_have_class(re.compile("bg-marigold-wash"))


def test_unread_again_from_a_reply_on(person: Person, house: House) -> None:
    group = house.group("Again", "bo")
    general = house.ada.channels(group)["general"]
    (root,) = house.people["bo"].say(general, "What is left to do?")
    for text in ("The beds.", "The lamps.", "The lists."):
        reply(house, "ada", general, root, text)
    bo, other = person("bo", f"/c/{general}"), person("bo", f"/c/{general}")
    line = "repl(y|ies)"
    for page in (bo, other):
        button = message(page, "What is left").get_by_role("button", name=re.compile(line))
        expect(button.get_by_role("img", name="Unread")).to_be_visible()
    bo.bring_to_front()
    message(bo, "What is left").get_by_role("button", name=re.compile(line)).click()
    there = message(other, "What is left").get_by_role("button", name=re.compile(line))
    expect(there.get_by_role("img", name="Unread")).to_have_count(0)
    said(bo, "The lamps.").focus()
    bo.keyboard.press("u")
    expect(there.get_by_role("img", name="Unread")).to_be_visible()
    expect(said(bo, "The lamps.")).to_be_visible()
    # Left and come back to, it is read again; so is everything by one key, from inside a thread.
    said(bo, "The beds.").focus()
    bo.keyboard.press("Shift+Escape")
    expect(thread(bo)).to_be_visible()
    expect(there.get_by_role("img", name="Unread")).to_have_count(0)
    bo.goto("/activity")
    bo.get_by_role("switch", name="Unread only").click()
    expect(bo.get_by_text("Everything is read").first).to_be_visible()
