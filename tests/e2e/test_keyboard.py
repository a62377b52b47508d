"""Everything by keys alone."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Person
from tests.e2e.house import House
from tests.e2e.steps import channel_row, composer, feed, message, shut, toast


def title(page: Page, name: str) -> None:
    """Waits until one is in this place."""
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_the_palette_leads_anywhere(person: Person, house: House) -> None:
    group = house.group("Palette")
    general = house.ada.channels(group)["general"]
    house.ada.channel(group, "deliveries")
    page = person("ada", f"/c/{general}")
    expect(composer(page)).to_be_visible()
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    field.fill("deli")
    expect(page.get_by_role("option").first).to_contain_text("deliveries")
    page.keyboard.press("Enter")
    title(page, "deliveries")
    page.keyboard.press("Control+k")
    field.fill("switch dark")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.keyboard.press("Control+k")
    field.fill("zzzz")
    expect(page.get_by_text("Nothing here is called “zzzz”.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)


def test_from_channel_to_channel(person: Person, house: House) -> None:
    group = house.group("Keys", "bo")
    first = house.ada.channels(group)["general"]
    made = {name: house.ada.channel(group, name) for name in ("one", "two", "three")}
    bo = house.people["bo"]
    for channel in made.values():
        bo.follow(channel)
    page = person("bo", f"/c/{first}")
    expect(composer(page)).to_be_visible()
    page.keyboard.press("Alt+ArrowDown")
    title(page, "one")
    page.keyboard.press("Alt+ArrowDown")
    title(page, "two")
    page.keyboard.press("Alt+ArrowUp")
    title(page, "one")
    house.ada.say(made["three"], "Look here.")
    expect(channel_row(page, "three unread")).to_be_visible()
    page.keyboard.press("Alt+Shift+ArrowDown")
    title(page, "three")
    expect(feed(page).get_by_text("New", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(feed(page).get_by_text("New", exact=True)).to_have_count(0)
    house.ada.say(made["one"], "And here.")
    house.ada.say(made["two"], "And there.")
    expect(channel_row(page, "one unread")).to_be_visible()
    expect(channel_row(page, "two unread")).to_be_visible()
    page.keyboard.press("Shift+Escape")
    expect(toast(page, "Everything is read.")).to_be_visible()
    expect(channel_row(page, "one unread")).to_have_count(0)
    page.keyboard.press("?")
    shut(page, page.get_by_role("dialog", name="Keyboard shortcuts"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Alt+b")
    title(page, "Channels")
    page.keyboard.press("Alt+m")
    title(page, "Members")


def test_messages_by_keys(person: Person, house: House) -> None:
    group = house.group("Hands")
    general = house.ada.channels(group)["general"]
    house.ada.say(general, "First word.", "Second word.", "Third word.")
    page = person("ada", f"/c/{general}")
    expect(message(page, "Third word.")).to_be_visible()
    composer(page).focus()
    # The last thing one said, from an empty field.
    page.keyboard.press("ArrowUp")
    editor = page.get_by_role("textbox", name="Edit message")
    expect(editor).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" Really.")
    page.keyboard.press("Enter")
    expect(message(page, "Third word. Really.")).to_contain_text("edited")
    expect(composer(page)).to_be_focused()
    # Shift+Tab goes to the newest message, arrows from one to the next, letters act on it.
    for _ in range(9):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('article')"):
            break
    expect(message(page, "Third word. Really.")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(message(page, "Second word.")).to_be_focused()
    bar = page.get_by_role("toolbar", name="Message actions")
    expect(bar).to_be_visible()
    page.keyboard.press("c")
    expect(toast(page, "Text copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Second word."
    page.keyboard.press("Home")
    expect(message(page, "First word.")).to_be_focused()
    page.keyboard.press("Delete")
    page.get_by_role("alertdialog").get_by_role("button", name="Delete message").press("Enter")
    expect(message(page, "First word.")).to_have_count(0)
    message(page, "Second word.").focus()
    # The buttons of the bar can be reached as well as the letters.
    page.keyboard.press("Tab")
    expect(bar.get_by_role("button").first).to_be_focused()
    expect(bar.get_by_role("button").first).to_have_attribute(
        "aria-label", re.compile("^React with")
    )


def test_the_list_and_the_way_past_it(person: Person, house: House) -> None:
    group = house.group("Lists")
    general = house.ada.channels(group)["general"]
    house.ada.channel(group, "second")
    page = person("ada", f"/c/{general}")
    expect(composer(page)).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    channel_row(page, "general").focus()
    page.keyboard.press("ArrowDown")
    expect(channel_row(page, "second")).to_be_focused()
    page.keyboard.press("Enter")
    title(page, "second")
    page.keyboard.press("Control+\\")
    expect(channel_row(page, "second")).to_have_count(0)
    page.keyboard.press("Control+\\")
    expect(channel_row(page, "second")).to_be_visible()
    # Focus comes back to where it was when what lies over the page goes.
    button = page.get_by_role("button", name="More about this channel")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("menu")).to_be_visible()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
