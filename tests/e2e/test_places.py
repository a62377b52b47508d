"""Groups, channels and who finds them."""

from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Person
from tests.e2e.house import House
from tests.e2e.steps import channel_row, composer, gone, message, say, toast


def in_menu(page: Page, *ways: str) -> None:
    """Through the group's menu."""
    page.get_by_role("button", name="Group menu").locator("visible=true").click()
    for way in ways:
        page.get_by_role("menuitem", name=way).click()


def make_channel(page: Page, name: str, topic: str = "", *, private: bool = False) -> None:
    """By the dialog."""
    in_menu(page, "Create channel")
    dialog = page.get_by_role("dialog", name="New channel")
    dialog.get_by_label("Name").fill(name)
    dialog.get_by_label("Topic").fill(topic)
    if private:
        dialog.get_by_label("Private").check()
    dialog.get_by_role("button", name="Create channel").click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()


def test_a_group_grows_channels_and_headings(person: Person) -> None:
    page = person("ada")
    page.get_by_role("button", name="Create or join a group").click()
    dialog = page.get_by_role("dialog", name="Another group")
    dialog.get_by_role("button", name="Create group").click()
    expect(dialog.get_by_text("A group needs a name.")).to_be_visible()
    dialog.get_by_label("Name of the group").fill("Night shift")
    dialog.get_by_label("What it is for").fill("Between ten and six.")
    dialog.get_by_role("button", name="Create group").click()
    expect(page.get_by_role("heading", name="Night shift", level=2)).to_be_visible()
    expect(page.get_by_role("heading", name="general", level=1)).to_be_visible()
    in_menu(page, "Create category")
    page.get_by_label("Name of the category").fill("Handover")
    page.get_by_role("dialog").get_by_role("button", name="Create category").click()
    heading = page.get_by_role("button", name="Handover", exact=True)
    expect(heading).to_be_visible()
    heading.hover()
    page.get_by_role("button", name="Create a channel in Handover").click()
    page.get_by_role("dialog").get_by_label("Name").fill("board-round")
    page.get_by_role("dialog").get_by_role("button", name="Create channel").click()
    expect(page.get_by_role("heading", name="board-round", level=1)).to_be_visible()
    inside = page.get_by_role("list", name="Handover").get_by_role("link", name="board-round")
    expect(inside).to_be_visible()
    heading.click()
    expect(heading).to_have_attribute("aria-expanded", "false")
    # What is open stays in sight even in a folded part.
    expect(inside).to_be_visible()
    channel_row(page, "general").click()
    expect(inside).to_have_count(0)


def test_browse_follow_and_a_closed_channel(person: Person, house: House) -> None:
    group = house.group("Pharmacy", "bo")
    general = house.ada.channels(group)["general"]
    ada, bo = person("ada", f"/c/{general}"), person("bo", f"/c/{general}")
    expect(composer(bo)).to_be_visible()
    make_channel(ada, "stock", "What is running out.")
    say(ada, "Two boxes left.")
    make_channel(ada, "audit", private=True)
    say(ada, "Behind closed doors.")
    expect(channel_row(bo, "stock")).to_have_count(0)
    in_menu(bo, "Browse channels")
    expect(bo.get_by_role("link", name="stock")).to_be_visible()
    expect(bo.get_by_role("link", name="audit")).to_have_count(0)
    bo.get_by_role("button", name="Follow stock").click()
    expect(channel_row(bo, "stock")).to_be_visible()
    bo.get_by_role("button", name="Unfollow stock").click()
    expect(channel_row(bo, "stock")).to_have_count(0)
    # Looking in without following says so and offers it.
    bo.get_by_role("link", name="stock").click()
    expect(message(bo, "Two boxes left.")).to_be_visible()
    bo.get_by_role("button", name="Follow", exact=True).click()
    expect(bo.get_by_role("button", name="Follow", exact=True)).to_have_count(0)
    _letting_in(ada, bo)


def _letting_in(ada: Page, bo: Page) -> None:
    url = ada.url
    bo.goto(url)
    expect(gone(bo)).to_be_visible()
    ada.get_by_role("button", name="People and details").click()
    ada.get_by_role("button", name="Let in").click()
    ada.get_by_role("button", name="Let Bo Brandt in").click()
    expect(ada.get_by_text("Everyone in the group is in already.")).to_be_visible()
    ada.keyboard.press("Escape")
    expect(channel_row(bo, "audit")).to_be_visible()
    expect(message(bo, "Behind closed doors.")).to_be_visible()
    row = ada.get_by_role("list", name="People").get_by_role("listitem").filter(has_text="Bo")
    row.hover()
    row.get_by_role("button", name="Take Bo Brandt out").click()
    expect(toast(ada, "Bo Brandt no longer sees this channel.")).to_be_visible()
    expect(gone(bo)).to_be_visible()
    expect(channel_row(bo, "audit")).to_have_count(0)


def test_topic_and_archive(person: Person, house: House) -> None:
    group = house.group("Estates", "bo")
    lift = house.ada.channel(group, "lift")
    house.people["bo"].follow(lift)
    ada, bo = person("ada", f"/c/{lift}"), person("bo", f"/c/{lift}")
    expect(composer(bo)).to_be_visible()
    ada.get_by_role("button", name="More about this channel").click()
    ada.get_by_role("menuitem", name="Change topic").click()
    ada.get_by_role("dialog").get_by_label("Topic").fill("The second one is slow.")
    ada.get_by_role("dialog").get_by_role("button", name="Save").click()
    for page in (ada, bo):
        expect(page.get_by_role("main").get_by_text("The second one is slow.")).to_be_visible()
    ada.get_by_role("button", name="More about this channel").click()
    ada.get_by_role("menuitem", name="Archive").click()
    ada.get_by_role("alertdialog").get_by_role("button", name="Archive").click()
    for page in (ada, bo):
        expect(page.get_by_text("This channel is archived. It can be read")).to_be_visible()
        expect(composer(page)).to_have_count(0)
    ada.get_by_role("button", name="Take back into use").click()
    for page in (ada, bo):
        expect(composer(page)).to_be_visible()


def test_an_address_that_leads_nowhere(person: Person, house: House) -> None:
    closed = house.ada.channel(house.ward, f"closed-{uuid4().hex[:6]}", private=True)
    house.ada.say(closed, "Not for everyone.")
    page = person("cy", f"/c/{closed}")
    expect(gone(page)).to_be_visible()
    mine = page.get_by_role("main").inner_text()
    page.goto(f"/c/{uuid4()}")
    expect(gone(page)).to_be_visible()
    # A closed place and none at all cannot be told apart.
    assert page.get_by_role("main").inner_text() == mine
    page.get_by_role("link", name="Go home").click()
    expect(composer(page)).to_be_visible()
    page.goto("/no/such/page")
    expect(page.get_by_role("heading", name="Nothing at this address")).to_be_visible()


def test_members_and_leaving(person: Person, house: House) -> None:
    group = house.group("Choir", "bo", "cy")
    ada = person("ada", f"/g/{group}/members")
    bo = person("bo", f"/g/{group}")
    expect(composer(bo)).to_be_visible()
    expect(ada.get_by_text("3 people")).to_be_visible()
    row = ada.get_by_role("listitem").filter(has_text="Bo Brandt")
    row.hover()
    row.get_by_role("button", name="More for Bo Brandt").click()
    ada.get_by_role("menuitem", name="Remove from group").click()
    ada.get_by_role("alertdialog").get_by_role("button", name="Remove from group").click()
    expect(ada.get_by_text("2 people")).to_be_visible()
    expect(bo.get_by_role("link", name="Choir")).to_have_count(0)
    cy = person("cy", f"/g/{group}")
    expect(composer(cy)).to_be_visible()
    in_menu(cy, "Leave group")
    cy.get_by_role("alertdialog").get_by_role("button", name="Leave group").click()
    expect(toast(cy, "You left Choir.")).to_be_visible()
    expect(cy.get_by_role("link", name="Choir")).to_have_count(0)


def test_newcomers_find_what_is_given_to_them(person: Person, house: House) -> None:
    group = house.group("Foundry")
    news = house.ada.channel(group, "news")
    ada = person("ada", f"/c/{news}")
    ada.get_by_role("button", name="More about this channel").click()
    ada.get_by_role("menuitem", name="Give to newcomers").click()
    expect(toast(ada, "finds news in their list.")).to_be_visible()
    house.people["bo"].ask("POST", "/invites/accept", {"token": house.ada.invite(group)})
    expect(channel_row(person("bo", f"/g/{group}"), "news")).to_be_visible()
    ada.get_by_role("button", name="More about this channel").click()
    ada.get_by_role("menuitem", name="Stop giving to newcomers").click()
    expect(toast(ada, "finds news in Browse only.")).to_be_visible()
    house.people["cy"].ask("POST", "/invites/accept", {"token": house.ada.invite(group)})
    cy = person("cy", f"/g/{group}")
    expect(channel_row(cy, "general")).to_be_visible()
    expect(channel_row(cy, "news")).to_have_count(0)
