"""Talking: what is changed, found again, and marked."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import Person
from tests.e2e.house import House, texts
from tests.e2e.steps import act, channel_row, composer, feed, message, say, send, toast


def test_a_message_is_changed_and_taken_back(person: Person, house: House) -> None:
    group = house.group("Changes", "bo")
    general = house.ada.channels(group)["general"]
    ada, bo = person("ada", f"/c/{general}"), person("bo", f"/c/{general}")
    expect(composer(bo)).to_be_visible()
    say(ada, "The meeting is at nine.", "Bring the list.")
    expect(message(bo, "Bring the list.")).to_be_visible()
    act(ada, "The meeting is at nine.", "Edit")
    editor = feed(ada).get_by_role("textbox", name="Edit message")
    expect(editor).to_be_focused()
    editor.fill("The meeting is at **ten**.")
    editor.press("Enter")
    for page in (ada, bo):
        expect(message(page, "The meeting is at ten.")).to_contain_text("edited")
        expect(message(page, "at ten").locator("strong")).to_have_text("ten")
    # A change given up leaves all as it was.
    act(ada, "The meeting is at ten.", "Edit")
    editor.fill("Never mind.")
    editor.press("Escape")
    expect(message(ada, "The meeting is at ten.")).to_be_visible()
    act(ada, "Bring the list.", "Delete")
    ada.get_by_role("alertdialog").get_by_role("button", name="Cancel").click()
    expect(message(ada, "Bring the list.")).to_be_visible()
    act(ada, "Bring the list.", "Delete")
    ada.get_by_role("alertdialog").get_by_role("button", name="Delete message").click()
    for page in (ada, bo):
        expect(message(page, "Bring the list.")).to_have_count(0)
        expect(message(page, "Message deleted")).to_be_visible()
    # Only what is one's own can be changed; only who looks after the place takes others' away.
    message(bo, "The meeting is at ten.").hover()
    bar = message(bo, "The meeting is at ten.").get_by_role("toolbar")
    bar.get_by_role("button", name="More").click()
    expect(bo.get_by_role("menuitem", name=re.compile("^Copy text"))).to_be_visible()
    expect(bo.get_by_role("menuitem", name=re.compile("^(Edit|Delete)"))).to_have_count(0)


def test_history_and_permalinks(person: Person, house: House) -> None:
    group = house.group("History", "bo")
    general = house.ada.channels(group)["general"]
    ids = house.ada.say(general, *texts(160))
    ada = person("ada", f"/c/{general}")
    expect(message(ada, "line 160")).to_be_in_viewport()
    # Up to the beginning, page after page.
    for _ in range(40):
        if message(ada, "line 001").count():
            break
        feed(ada).hover()
        ada.mouse.wheel(0, -4000)
        ada.wait_for_timeout(50)
    expect(message(ada, "line 001")).to_be_visible()
    ada.get_by_role("button", name="Jump to the present").click()
    expect(message(ada, "line 160")).to_be_in_viewport()
    expect(ada.get_by_role("button", name="Jump to the present")).to_have_count(0)
    act(ada, "line 160", "Copy link")
    expect(toast(ada, "Link copied")).to_be_visible()
    link = ada.evaluate("navigator.clipboard.readText()")
    assert link == f"{house.server.url}/c/{general}?m={ids[-1]}"
    bo = person("bo", f"/c/{general}?m={ids[39]}")
    expect(message(bo, "line 040")).to_be_in_viewport()
    expect(message(bo, "line 040")).to_have_class(re.compile("bg-marigold-wash"))
    expect(message(bo, "line 160")).to_have_count(0)
    # What comes meanwhile does not pull the reader away.
    send(ada, "and one more")
    expect(message(ada, "and one more")).to_be_visible()
    expect(message(bo, "line 040")).to_be_in_viewport()
    expect(message(bo, "and one more")).to_have_count(0)
    bo.get_by_role("button", name="Jump to the present").click()
    expect(message(bo, "and one more")).to_be_in_viewport()


def test_reading_does_not_move_while_others_write(person: Person, house: House) -> None:
    group = house.group("Still", "bo")
    general = house.ada.channels(group)["general"]
    house.ada.say(general, *texts(60))
    bo = person("bo", f"/c/{general}")
    expect(message(bo, "line 060")).to_be_in_viewport()
    feed(bo).hover()
    bo.mouse.wheel(0, -900)
    expect(bo.get_by_role("button", name="Jump to the present")).to_be_visible()
    middle = "document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('article')"
    # The wheel's way ends after the notice of it: the row is taken once it stands.
    bo.wait_for_timeout(500)
    row = message(bo, bo.evaluate(f"{middle}.innerText").split("\n")[-1])
    before = row.bounding_box()
    house.ada.say(general, "something new", "and newer")
    jump = bo.get_by_role("button", name="Jump to the present")
    expect(jump).to_have_text("2 new messages")
    assert row.bounding_box() == before
    jump.click()
    expect(message(bo, "and newer")).to_be_in_viewport()


def test_what_is_new_and_unread_from_here(person: Person, house: House) -> None:
    group = house.group("News", "bo")
    first = house.ada.channels(group)["general"]
    second = house.ada.channel(group, "rota")
    house.people["bo"].follow(second)
    bo = person("bo", f"/c/{first}")
    expect(composer(bo)).to_be_visible()
    house.ada.say(second, "Monday is open.", "Tuesday too.")
    expect(channel_row(bo, "rota unread")).to_be_visible()
    # A number, when another journey called Bo before.
    expect(bo).to_have_title(re.compile(r"^(•|\(\d+\)) "))
    channel_row(bo, "rota").click()
    expect(feed(bo).get_by_text("New", exact=True)).to_be_visible()
    expect(channel_row(bo, "rota unread")).to_have_count(0)
    # The line stays until one leaves.
    expect(feed(bo).get_by_text("New", exact=True)).to_be_visible()
    channel_row(bo, "general").click()
    expect(bo.get_by_role("heading", name="general", level=1)).to_be_visible()
    channel_row(bo, "rota").click()
    expect(message(bo, "Tuesday too.")).to_be_visible()
    expect(feed(bo).get_by_text("New", exact=True)).to_have_count(0)
    act(bo, "Tuesday too.", "Mark unread from here")
    expect(feed(bo).get_by_text("New", exact=True)).to_be_visible()
    channel_row(bo, "general").click()
    expect(channel_row(bo, "rota unread")).to_be_visible()
    bo.reload()
    expect(channel_row(bo, "rota unread")).to_be_visible()


def test_someone_is_typing_and_a_draft_waits(person: Person, house: House) -> None:
    group = house.group("Drafts", "bo")
    first = house.ada.channels(group)["general"]
    second = house.ada.channel(group, "elsewhere")
    ada, bo = person("ada", f"/c/{first}"), person("bo", f"/c/{first}")
    expect(composer(bo)).to_be_visible()
    say(ada, "I was wondering.")
    expect(message(bo, "I was wondering.")).to_be_visible()
    composer(ada).press_sequentially("Half a thou")
    expect(bo.get_by_text("Ada is typing")).to_be_visible()
    channel_row(ada, "elsewhere").click()
    expect(composer(ada)).to_have_value("")
    ada.goto(f"/c/{second}")
    expect(composer(ada)).to_have_value("")
    channel_row(ada, "general").click()
    expect(composer(ada)).to_have_value("Half a thou")
    composer(ada).press_sequentially("ght")
    composer(ada).press("Enter")
    expect(message(bo, "Half a thought")).to_be_visible()
    expect(bo.get_by_text("Ada is typing")).to_have_count(0)


def test_fingers_reach_the_same_actions(person: Person, house: House) -> None:
    group = house.group("Fingers", "bo")
    general = house.ada.channels(group)["general"]
    house.people["bo"].say(general, "Touch this.")
    phone = person("bo", f"/c/{general}", width="phone")
    row = message(phone, "Touch this.")
    expect(row).to_be_visible()
    at = {"pointerType": "touch", "clientX": 100, "clientY": 700, "isPrimary": True}
    row.dispatch_event("pointerdown", at)
    sheet = phone.get_by_role("dialog", name="Message actions")
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name="Edit").click()
    phone.get_by_role("textbox", name="Edit message").fill("Touched.")
    phone.get_by_role("button", name="Save").click()
    expect(message(phone, "Touched.")).to_contain_text("edited")
    phone.get_by_role("button", name="Back to the channels").click()
    expect(channel_row(phone, "general")).to_be_visible()
