"""People among themselves: conversations and what one is told."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e import axe
from tests.e2e.conftest import Person
from tests.e2e.house import House
from tests.e2e.steps import channel_row, composer, message, say


def talk_row(page: Page, name: str) -> Locator:
    """A conversation in the list."""
    return page.get_by_role("navigation", name="Messages").get_by_role(
        "link", name=re.compile(rf"\b{re.escape(name)}\b")
    )


def to_talks(page: Page) -> None:
    """To the conversations, at a desk and on a phone."""
    page.get_by_role("link", name=re.compile("Messages")).locator("visible=true").first.click()


def write_to(page: Page, name: str) -> None:
    """By the palette."""
    page.keyboard.press("Control+k")
    page.get_by_role("combobox").fill(f"message {name}")
    expect(page.get_by_role("option", name=re.compile(name)).first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile(name), level=1)).to_be_visible()


def test_a_conversation_from_the_palette_and_back(person: Person) -> None:
    dee, esi = person("dee"), person("esi", width="phone")
    expect(composer(dee)).to_be_visible()
    write_to(dee, "Esi")
    say(dee, "Do you have the key to the linen room?")
    to_talks(esi)
    row = talk_row(esi, "Dee Raman")
    expect(row.get_by_role("img", name="1 message to read")).to_be_visible()
    axe.clean(esi)
    row.click()
    expect(esi.get_by_role("heading", name="Dee Raman", level=1)).to_be_visible()
    say(esi, "In the top drawer.")
    expect(message(dee, "In the top drawer.")).to_be_visible()
    axe.clean(dee)
    # Closed, it leaves the list; what is said in it brings it back.
    dee.keyboard.press("Alt+w")
    expect(talk_row(dee, "Esi Boateng")).to_have_count(0)
    say(esi, "Did you find it?")
    expect(talk_row(dee, "Esi Boateng")).to_be_visible()
    expect(dee).to_have_title(re.compile(r"^\(1\)"))


def test_several_people_chosen_by_keyboard(person: Person) -> None:
    page = person("cy")
    expect(composer(page)).to_be_visible()
    page.keyboard.press("Alt+y")
    dialog = page.get_by_role("dialog", name="New message")
    dialog.get_by_role("combobox").press_sequentially("ad")
    expect(dialog.get_by_role("option", name="Ada Okafor")).to_be_visible()
    page.keyboard.press("Enter")
    expect(dialog.get_by_role("button", name="Take Ada Okafor out again")).to_be_visible()
    dialog.get_by_role("combobox").press_sequentially("bo br")
    expect(dialog.get_by_role("option", name="Bo Brandt")).to_be_visible()
    page.keyboard.press("Enter")
    axe.clean(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Ada and Bo", level=1)).to_be_visible()
    expect(talk_row(page, "Ada and Bo")).to_be_visible()
    page.get_by_role("button", name="People and details").click()
    expect(page.get_by_role("list", name="People").get_by_role("listitem")).to_have_count(3)
    axe.clean(page)


def test_a_muted_channel_and_a_level_as_the_group(person: Person, house: House) -> None:
    group = house.group("Archive", "cy")
    channels = house.ada.channels(group)
    cellar = house.ada.channel(group, "cellar")
    house.people["cy"].ask("PUT", f"/channels/{cellar}/follow", {"level": None})
    page = person("cy", f"/c/{channels['general']}")
    row = channel_row(page, "cellar")
    row.click(button="right")
    page.get_by_role("menuitem", name="Mute", exact=True).hover()
    page.get_by_role("menuitem", name="For 1 hour").click()
    house.ada.say(cellar, "It is dry again.")
    page.reload()
    expect(row).to_be_visible()
    expect(row.get_by_text("unread")).to_have_count(0)
    row.click(button="right")
    expect(page.get_by_text(re.compile("Muted until"))).to_be_visible()
    axe.clean(page)
    page.get_by_role("menuitem", name="Unmute").click()
    expect(row.get_by_text("unread")).to_have_count(1)
    # The group wants nothing: so does what has no level of its own.
    page.get_by_role("button", name="Group menu").locator("visible=true").click()
    page.get_by_role("menuitem", name="Tell me about").hover()
    page.get_by_role("menuitemradio", name="Nothing").click()
    expect(row.get_by_text("unread")).to_have_count(0)


def test_a_mention_leads_from_activity_to_the_words(person: Person, house: House) -> None:
    group = house.group("Laundry", "bo")
    general = house.ada.channels(group)["general"]
    desk, phone = person("bo", "/activity"), person("bo", "/activity", width="phone")
    for page in (desk, phone):
        expect(page.get_by_role("heading", name="Activity", level=1)).to_be_visible()
    bo = house.people["bo"].id
    house.ada.say(general, *(f"Basket {number}" for number in range(40)))
    house.ada.say(general, f"[@Bo](user:{bo}), the **blue** sheets are in.")
    said = "Ada Okafor mentioned you in #general"
    for page in (desk, phone):
        row = page.get_by_role("list", name="Activity").get_by_role("link", name=said)
        expect(row.get_by_text("@Bo, the blue sheets are in.")).to_be_visible()
        expect(row.get_by_text("unread")).to_have_count(1)
        axe.clean(page)
    row = desk.get_by_role("list", name="Activity").get_by_role("link").first
    row.focus()
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    expect(row).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="general", level=1)).to_be_visible()
    expect(message(desk, "the blue sheets are in.")).to_be_visible()
    # Read here is read there.
    row = phone.get_by_role("list", name="Activity").get_by_role("link", name=said)
    expect(row.get_by_text("unread")).to_have_count(0)
    phone.get_by_role("switch", name="Unread only").click()
    expect(row).to_have_count(0)


def test_a_status_and_quiet_are_seen_by_the_others(person: Person, house: House) -> None:
    talk = house.people["cy"].ask("POST", "/conversations", {"user_ids": [house.people["esi"].id]})
    cy, esi = person("cy", f"/c/{talk['id']}"), person("esi")
    expect(composer(esi)).to_be_visible()
    esi.get_by_role("button", name="You, Esi Boateng").click()
    esi.get_by_role("menuitem", name="Set a status").click()
    dialog = esi.get_by_role("dialog", name="How are you?")
    dialog.get_by_label("In a few words").fill("At lunch")
    dialog.get_by_role("button", name="🍽️").click()
    dialog.get_by_label("Until").select_option("For 1 hour")
    axe.clean(esi)
    dialog.get_by_role("button", name="Set status").click()
    expect(dialog).to_have_count(0)
    row = talk_row(cy, "Esi Boateng")
    expect(row.get_by_role("img", name="At lunch")).to_be_visible()
    expect(cy.get_by_role("main").get_by_text("🍽️ At lunch")).to_be_visible()
    esi.get_by_role("button", name="You, Esi Boateng").click()
    esi.get_by_role("menuitem", name="Pause notifications").hover()
    esi.get_by_role("menuitem", name="For 1 hour").click()
    expect(row.get_by_role("img", name="do not disturb")).to_be_visible()
    axe.clean(cy)
    esi.get_by_role("button", name="You, Esi Boateng").click()
    expect(esi.get_by_text(re.compile("Paused until"))).to_be_visible()
    esi.get_by_role("menuitem", name="Resume notifications").click()
    expect(row.get_by_role("img", name="online")).to_be_visible()
    esi.goto("/settings/notifications")
    esi.get_by_role("switch", name="Quiet hours").click()
    expect(esi.get_by_text("By the clock of Europe/Berlin.")).to_be_visible()
    esi.get_by_role("button", name="Sat").click()
    esi.get_by_role("button", name="Save quiet hours").click()
    axe.clean(esi)
    esi.reload()
    expect(esi.get_by_role("button", name="Sat")).to_have_attribute("aria-pressed", "true")
    esi.get_by_role("switch", name="Quiet hours").click()
    expect(esi.get_by_role("button", name="Sat")).to_have_count(0)
