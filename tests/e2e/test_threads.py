"""Threads and reactions: what hangs on a message."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import clean
from tests.e2e.conftest import Person
from tests.e2e.house import House
from tests.e2e.steps import channel_row, choose, feed, message, order, say


def thread(page: Page) -> Locator:
    """The talk in the thread that is open."""
    return page.get_by_role("feed", name="Thread")


def reply(page: Page, text: str) -> None:
    """Answers in the thread that is open, and sees it stand there."""
    page.get_by_role("textbox", name="Reply in thread").fill(text)
    if page.evaluate("matchMedia('(pointer: coarse)').matches"):
        page.get_by_role("button", name="Send", exact=True).click()
    else:
        page.get_by_role("textbox", name="Reply in thread").press("Enter")
    expect(thread(page).get_by_role("article").filter(has_text=text)).to_be_visible()


def line(page: Page, text: str) -> Locator:
    """The way into the thread, under its root."""
    return message(page, text).get_by_role("button", name=re.compile("repl(y|ies)"))


def test_a_thread_is_followed_and_read_on_two_devices(person: Person, house: House) -> None:
    group = house.group("Threads", "bo")
    general = house.ada.channels(group)["general"]
    house.ada.say(general, "Who takes the late round?", "And something else.")
    ada, other = person("ada", f"/c/{general}"), person("ada", f"/c/{general}")
    bo = person("bo", f"/c/{general}")
    # By key, and the focus goes into the field.
    message(bo, "late round").focus()
    bo.keyboard.press("t")
    expect(bo).to_have_url(re.compile(r"\?thread="))
    expect(bo.get_by_role("textbox", name="Reply in thread")).to_be_focused()
    reply(bo, "I do.")
    reply(bo, "Until ten.")
    # It stands in the thread, not in the place; who follows the root's author sees a dot.
    for page in (ada, other):
        expect(line(page, "late round")).to_contain_text("2 replies")
        expect(line(page, "late round").get_by_role("img", name="Unread")).to_be_visible()
        expect(message(page, "Until ten.")).to_have_count(0)
    ada.bring_to_front()
    line(ada, "late round").click()
    assert order_in(thread(ada), "late round", "I do.", "Until ten.") == [
        "late round",
        "I do.",
        "Until ten.",
    ]
    expect(thread(ada).get_by_text("New", exact=True)).to_be_visible()
    for page in (ada, other):
        expect(line(page, "late round").get_by_role("img", name="Unread")).to_have_count(0)
    expect(ada.get_by_role("button", name="Stop following")).to_be_visible()
    # It survives a reload, Esc closes it, and the focus goes back to the message.
    ada.reload()
    expect(thread(ada).get_by_text("Until ten.")).to_be_visible()
    ada.get_by_role("textbox", name="Reply in thread").press("Escape")
    expect(thread(ada)).to_have_count(0)
    line(ada, "late round").click()
    ada.get_by_role("checkbox", name="Also send to general").check()
    reply(ada, "Thank you both.")
    for page in (other, bo):
        expect(message(page, "Thank you both.")).to_be_visible()
    expect(line(bo, "late round")).to_contain_text("3 replies")
    clean(ada)
    ada.get_by_role("textbox", name="Reply in thread").press("Escape")
    expect(message(ada, "late round")).to_be_focused()


def order_in(rows: Locator, *texts: str) -> list[str]:
    """Which of these stand in the rows, in the order as they do."""
    expect(rows.get_by_role("article").filter(has_text=texts[-1])).to_be_visible()
    said = rows.get_by_role("article").all_inner_texts()
    return [text for row in said for text in texts if text in row]


def test_a_reply_makes_no_place_bold(person: Person, house: House) -> None:
    group = house.group("Quiet", "bo")
    general = house.ada.channels(group)["general"]
    second = house.ada.channel(group, "second")
    (root,) = house.ada.say(general, "Root of it.")
    house.people["bo"].follow(general)
    bo = person("bo", f"/c/{general}")
    expect(message(bo, "Root of it.")).to_be_visible()
    bo.goto(f"/c/{second}")
    said = house.ada.ask("GET", f"/channels/{general}/messages")["messages"]
    read = {"position": said[-1]["position"]}
    house.people["bo"].ask("PUT", f"/channels/{general}/read", read)
    expect(channel_row(bo, "general")).not_to_have_accessible_name(re.compile("nread"))
    body = {"client_id": str(uuid4()), "text": "Deep.", "root_id": root}
    house.ada.ask("POST", f"/channels/{general}/messages", body)
    house.ada.say(second, "Later.")
    expect(message(bo, "Later.")).to_be_visible()
    expect(channel_row(bo, "general")).not_to_have_accessible_name(re.compile("nread"))
    # Offline the words wait in the thread, not in the place.
    bo.goto(f"/c/{general}?thread={root}")
    expect(thread(bo).get_by_text("Deep.")).to_be_visible()
    bo.context.set_offline(offline=True)
    reply(bo, "From the cellar.")
    expect(message(bo, "From the cellar.")).to_have_count(0)
    bo.context.set_offline(offline=False)
    expect(line(bo, "Root of it.")).to_contain_text("2 replies", timeout=30_000)
    assert order_in(thread(bo), "Deep.", "From the cellar.") == ["Deep.", "From the cellar."]


def test_a_reaction_is_toggled_by_three(person: Person, house: House) -> None:
    group = house.group("Reactions", "bo", "cy")
    general = house.ada.channels(group)["general"]
    pages = [person(name, f"/c/{general}") for name in ("ada", "bo", "cy")]
    ada, bo, cy = pages
    say(ada, "Tea at four.")
    # From the bar, by a click on the chip, and by key from the whole list.
    message(bo, "Tea at four.").hover()
    message(bo, "Tea at four.").get_by_role("button", name="React with 👀").click()
    chip = re.compile("reacted with 👀")
    for page in pages:
        expect(message(page, "Tea at four.").get_by_role("button", name=chip)).to_contain_text("1")
    message(ada, "Tea at four.").get_by_role("button", name=chip).click()
    message(cy, "Tea at four.").focus()
    cy.keyboard.press("r")
    cy.get_by_role("searchbox", name="Search emoji").fill("teapot")
    expect(cy.get_by_role("gridcell", name=re.compile("^teapot", re.IGNORECASE))).to_be_visible()
    clean(cy)
    cy.keyboard.press("Enter")
    expect(message(cy, "Tea at four.")).to_be_focused()
    for page in pages:
        row = message(page, "Tea at four.")
        expect(row.get_by_role("button", name=chip)).to_contain_text("2")
        expect(row.get_by_role("button", name=re.compile("reacted with 🫖"))).to_contain_text("1")
    names = message(cy, "Tea at four.").get_by_role("button", name=chip)
    expect(names).to_have_accessible_name("Bo Brandt and Ada Okafor reacted with 👀")
    clean(ada)
    message(ada, "Tea at four.").get_by_role("button", name=chip).click()
    message(bo, "Tea at four.").get_by_role("button", name=chip).click()
    for page in pages:
        expect(message(page, "Tea at four.").get_by_role("button", name=chip)).to_have_count(0)


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_fingers_answer_and_react(person: Person, house: House, theme: str) -> None:
    group = house.group(f"Fingers {theme}", "bo")
    general = house.ada.channels(group)["general"]
    house.ada.say(general, "Touch this.")
    phone = person("bo", f"/c/{general}", width="phone", theme=theme)
    at = {"pointerType": "touch", "clientX": 100, "clientY": 700, "isPrimary": True}
    expect(message(phone, "Touch this.")).to_be_visible()
    message(phone, "Touch this.").dispatch_event("pointerdown", at)
    sheet = phone.get_by_role("dialog", name="Message actions")
    sheet.get_by_role("button", name="React with 👍").click()
    expect(
        message(phone, "Touch this.").get_by_role("button", name=re.compile("👍"))
    ).to_be_visible()
    message(phone, "Touch this.").dispatch_event("pointerdown", at)
    sheet.get_by_role("button", name="Reply in thread").click()
    reply(phone, "Touched.")
    clean(phone)
    phone.get_by_role("button", name="Back", exact=True).click()
    expect(line(phone, "Touch this.")).to_contain_text("1 reply")
    assert order(phone, "Touch this.", "Touched.") == ["Touch this."]
    expect(feed(phone)).to_be_visible()


def test_a_message_is_quoted_pinned_and_kept(person: Person, house: House) -> None:
    group = house.group("Keeping", "bo")
    general = house.ada.channels(group)["general"]
    house.ada.say(general, "The door code is **on the board**.")
    bo, ada = person("bo", f"/c/{general}"), person("ada", f"/c/{general}")
    expect(message(ada, "The door code")).to_be_visible()
    # By key: what is written answers the message, and a click on the quote goes there.
    message(bo, "The door code").focus()
    bo.keyboard.press("q")
    expect(bo.get_by_role("button", name="Cancel the quote")).to_be_visible()
    bo.keyboard.type("Which board?")
    bo.keyboard.press("Enter")
    expect(bo.get_by_role("button", name="Cancel the quote")).to_have_count(0)
    answer = message(ada, "Which board?")
    expect(answer).to_contain_text("The door code is on the board.")
    clean(ada)
    answer.get_by_role("button", name="Go to the quoted message").click()
    expect(message(ada, "The door code").first).to_be_focused()
    # Pinned for everyone, and in the panel.
    choose(ada, message(ada, "The door code").first, "Pin")
    for page in (ada, bo):
        expect(
            message(page, "The door code").first.get_by_role("img", name="Pinned")
        ).to_be_visible()
    bo.reload()
    bo.get_by_role("button", name="People and details").first.click()
    pins = bo.get_by_role("list", name="Pinned messages")
    expect(pins).to_contain_text("The door code is on the board.")
    clean(bo)
    pins.get_by_role("button", name="Unpin").click()
    expect(pins).to_have_count(0)
    expect(message(ada, "The door code").first.get_by_role("img", name="Pinned")).to_have_count(0)
    # Kept for oneself, found again, let go.
    message(bo, "The door code").first.focus()
    bo.keyboard.press("s")
    expect(message(bo, "The door code").first.get_by_role("img", name="Saved")).to_be_visible()
    bo.get_by_role("button", name=re.compile("^You, ")).click()
    bo.get_by_role("menuitem", name="Saved").click()
    saved = bo.get_by_role("list", name="Saved")
    expect(saved).to_contain_text("The door code is on the board.")
    clean(bo)
    saved.get_by_role("button", name=re.compile("The door code")).click()
    expect(bo).to_have_url(re.compile(rf"/c/{general}\?m="))
    bo.go_back()
    kept = saved.get_by_role("listitem").filter(has_text="door code")
    kept.get_by_role("button", name="Remove from saved").click()
    expect(bo.get_by_role("list", name="Saved")).not_to_contain_text("door code")
