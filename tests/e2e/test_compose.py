"""Writing: names are completed, people are called, and what is begun goes along."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import clean
from tests.e2e.conftest import Person
from tests.e2e.house import House
from tests.e2e.steps import act, composer, feed, message, say, toast


def offers(page: Page, name: str = "People") -> Locator:
    """What may be meant, over the field."""
    return page.get_by_role("listbox", name=name)


def offer(page: Page, name: str) -> Locator:
    """One of them."""
    return offers(page).get_by_role("option", name=re.compile(name))


def wash(page: Page, text: str) -> None:
    """The row of a message says that it calls the reader, to the eye and to the ear."""
    expect(message(page, text)).to_have_class(re.compile("bg-marigold-wash"))
    expect(message(page, text)).to_contain_text("mentions you")


def test_a_name_is_completed_by_keyboard(person: Person, house: House) -> None:
    group = house.group("Naming", "bo", "cy", "dee")
    general = house.ada.channels(group)["general"]
    house.ada.channel(group, "night-shift")
    house.people["dee"].say(general, "I spoke last.")
    ada, bo, cy = (person(name, f"/c/{general}") for name in ("ada", "bo", "cy"))
    expect(message(ada, "I spoke last.")).to_be_visible()
    field = composer(ada)
    field.press_sequentially("@")
    # Who spoke here last stands first; oneself does not stand there.
    expect(offers(ada).get_by_role("option").first).to_contain_text("Dee Raman")
    expect(offer(ada, "Ada Okafor")).to_have_count(0)
    expect(field).to_be_focused()
    clean(ada)
    field.press_sequentially("b")
    expect(offers(ada).get_by_role("option").first).to_contain_text("Bo Brandt")
    # The first is chosen, and the field says which.
    chosen = offers(ada).get_by_role("option", selected=True)
    expect(field).to_have_attribute("aria-activedescendant", str(chosen.get_attribute("id")))
    ada.keyboard.press("Escape")
    expect(offers(ada)).to_have_count(0)
    expect(field).to_be_focused()
    field.press_sequentially("o")
    expect(offers(ada)).to_have_count(0)
    field.fill("")
    field.press_sequentially("Could @bo")
    expect(offer(ada, "Bo Brandt")).to_be_visible()
    ada.keyboard.press("Enter")
    expect(field).to_have_value("Could @Bo Brandt ")
    field.press_sequentially("take #nig")
    expect(offers(ada, "Channels")).to_contain_text("night-shift")
    ada.keyboard.press("Tab")
    expect(field).to_have_value("Could @Bo Brandt take #night-shift ")
    # As one Markdown text it outlives the page.
    ada.reload()
    expect(field).to_have_value(re.compile("^Could @Bo Brandt take #night-shift"))
    ada.keyboard.press("End")
    field.press_sequentially("tonight?")
    ada.keyboard.press("Enter")
    wash(bo, "take #night-shift")
    row = message(bo, "Could @Bo Brandt take #night-shift")
    expect(row).to_contain_text("tonight?")
    expect(message(cy, "tonight?")).to_be_visible()
    expect(message(cy, "tonight?")).not_to_contain_text("mentions you")
    clean(bo)
    row.get_by_role("link", name="#night-shift").click()
    expect(bo.get_by_role("heading", name="night-shift", level=1)).to_be_visible()
    # In the editor it is a name too, and another can be called.
    act(ada, "tonight?", "Edit")
    editor = feed(ada).get_by_role("textbox", name="Edit message")
    expect(editor).to_have_value(re.compile("^Could @Bo Brandt take #night-shift"))
    editor.press("End")
    editor.press_sequentially(" Or @cy")
    expect(offer(ada, "Cy Tanaka")).to_be_visible()
    clean(ada)
    editor.press("ArrowDown")
    editor.press("ArrowUp")
    editor.press("Enter")
    editor.press("Enter")
    wash(cy, "Or @Cy Tanaka")


def test_names_in_threads_and_conversations(person: Person, house: House) -> None:
    group = house.group("Corners", "bo", "cy")
    general = house.ada.channels(group)["general"]
    house.ada.say(general, "The root.")
    ada, bo = person("ada", f"/c/{general}"), person("bo", f"/c/{general}")
    expect(message(bo, "The root.")).to_be_visible()
    message(ada, "The root.").focus()
    ada.keyboard.press("t")
    answer = ada.get_by_role("textbox", name="Reply in thread")
    expect(answer).to_be_focused()
    answer.press_sequentially("@bo")
    expect(offer(ada, "Bo Brandt")).to_be_visible()
    clean(ada)
    answer.press("Enter")
    answer.press_sequentially("look")
    answer.press("Enter")
    message(bo, "The root.").get_by_role("button", name=re.compile("1 reply")).click()
    said = bo.get_by_role("feed", name="Thread").get_by_role("article").filter(has_text="look")
    expect(said).to_have_class(re.compile("bg-marigold-wash"))
    # In a conversation there are those who are in it, and nobody is everybody.
    ids = [house.people[name].id for name in ("bo", "cy")]
    talk = house.ada.ask("POST", "/conversations", {"user_ids": ids})["id"]
    ada.goto(f"/c/{talk}")
    composer(ada).press_sequentially("@")
    expect(offers(ada).get_by_role("option")).to_have_count(2)
    expect(offers(ada)).to_contain_text("Cy Tanaka")


def test_two_of_one_name_are_both_reached(person: Person, house: House) -> None:
    group = house.group("Twins", "bo", "cy")
    general = house.ada.channels(group)["general"]
    house.people["cy"].ask("PATCH", "/me", {"name": "Bo Brandt"})
    try:
        ada, bo, cy = (person(name, f"/c/{general}") for name in ("ada", "bo", "cy"))
        expect(composer(bo)).to_be_visible()
        expect(composer(cy)).to_be_visible()
        field = composer(ada)
        for down in (0, 1):
            field.press_sequentially("@bo")
            expect(offer(ada, "Bo Brandt")).to_have_count(2)
            for _ in range(down):
                ada.keyboard.press("ArrowDown")
            ada.keyboard.press("Enter")
        expect(field).to_have_value("@Bo Brandt @Bo Brandt ")
        ada.keyboard.press("Enter")
        wash(bo, "@Bo Brandt @Bo Brandt")
        wash(cy, "@Bo Brandt @Bo Brandt")
    finally:
        house.people["cy"].ask("PATCH", "/me", {"name": "Cy Tanaka"})


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_name_is_completed_by_touch(person: Person, house: House, theme: str) -> None:
    group = house.group(f"Thumbs {theme}", "bo", "cy")
    general = house.ada.channels(group)["general"]
    phone, bo = person("ada", f"/c/{general}", width="phone", theme=theme), person("bo", "/")
    field = composer(phone)
    field.tap()
    field.press_sequentially("Hello @br")
    expect(offer(phone, "Bo Brandt")).to_be_visible()
    box = offer(phone, "Bo Brandt").bounding_box()
    assert box is not None
    assert box["height"] >= 44
    clean(phone)
    offer(phone, "Bo Brandt").tap()
    expect(field).to_have_value("Hello @Bo Brandt ")
    expect(field).to_be_focused()
    phone.get_by_role("button", name="Send", exact=True).tap()
    bo.goto(f"/c/{general}")
    wash(bo, "Hello @Bo Brandt")


def test_many_are_not_called_unasked(person: Person, house: House) -> None:
    group = house.group("Crowd", "bo")
    general = house.ada.channels(group)["general"]
    ada = person("ada", f"/c/{general}")
    field = composer(ada)
    # Few are called without a question.
    say(ada, "@channel, tea is ready.")
    token = house.ada.invite(group)
    house.crowd(token, 21)
    ada.reload()
    field.press_sequentially("@chan")
    expect(offer(ada, "@channel")).to_be_visible()
    ada.keyboard.press("Enter")
    field.press_sequentially("the lift is out.")
    ada.keyboard.press("Enter")
    question = ada.get_by_role("alertdialog", name="Call everybody here?")
    expect(question).to_contain_text("This tells 22 people.")
    clean(ada)
    question.get_by_role("button", name="Cancel").click()
    expect(field).to_have_value("@channel the lift is out.")
    expect(message(ada, "the lift is out.")).to_have_count(0)
    field.press("Enter")
    question.get_by_role("button", name="Send").click()
    expect(message(ada, "the lift is out.")).to_be_visible()
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    # Who may not is told so, and asked nothing.
    bo = person("bo", f"/c/{general}")
    wash(bo, "the lift is out.")
    composer(bo).fill("@channel, thank you")
    expect(bo.get_by_text("You may not call everybody here: nobody is told.")).to_be_visible()
    clean(bo)
    composer(bo).press("Enter")
    expect(message(bo, "thank you")).to_be_visible()


def test_who_cannot_see_it_is_let_in(person: Person, house: House) -> None:
    group = house.group("Closed", "bo", "cy")
    private = house.ada.channel(group, "rota", private=True)
    ada, cy = person("ada", f"/c/{private}"), person("cy", "/")
    composer(ada).press_sequentially("@cy")
    expect(offer(ada, "Cy Tanaka")).to_contain_text("cannot see this channel")
    ada.keyboard.press("Enter")
    unseen = ada.get_by_text("Cy Tanaka cannot see this place and will not be told.")
    expect(unseen).to_be_visible()
    clean(ada)
    ada.get_by_role("button", name="Let in Cy Tanaka").click()
    expect(toast(ada, "Cy Tanaka can see this channel now")).to_be_visible()
    expect(unseen).to_have_count(0)
    composer(ada).press_sequentially("welcome")
    ada.keyboard.press("Enter")
    cy.goto(f"/c/{private}")
    wash(cy, "@Cy Tanaka welcome")


def test_a_draft_goes_along(person: Person, house: House) -> None:
    group = house.group("Desks and pockets", "bo")
    general = house.ada.channels(group)["general"]
    desk = person("ada", f"/c/{general}")
    phone = person("ada", f"/c/{general}", width="phone")
    expect(composer(phone)).to_be_visible()
    composer(desk).press_sequentially("Half a thought for @bo")
    expect(offer(desk, "Bo Brandt")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(composer(phone)).to_have_value(re.compile("^Half a thought for @Bo Brandt"))
    # Without a line it stays here, and comes when the line is back.
    phone.context.set_offline(offline=True)
    composer(phone).fill("Another thought")
    composer(phone).blur()
    composer(desk).blur()
    phone.context.set_offline(offline=False)
    expect(composer(desk)).to_have_value("Another thought", timeout=30_000)
    # Sent on one, gone on all.
    composer(desk).press("Enter")
    expect(message(phone, "Another thought")).to_be_visible()
    expect(composer(phone)).to_have_value("")
    phone.reload()
    expect(message(phone, "Another thought")).to_be_visible()
    expect(composer(phone)).to_have_value("")
