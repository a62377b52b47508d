"""Roles of a group: made, changed, ordered, given and removed in the browser."""

from playwright.sync_api import Page, expect

from tests.e2e import axe
from tests.e2e.conftest import Person
from tests.e2e.house import House
from tests.e2e.steps import composer, toast

ROLES = "Roles and permissions"


def _new(page: Page, name: str) -> None:
    page.get_by_role("button", name="New role").click()
    dialog = page.get_by_role("dialog", name="New role")
    dialog.get_by_role("textbox", name="Name of the role").fill(name)
    dialog.get_by_role("button", name="Create role").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def _choose(page: Page, name: str, item: str) -> None:
    page.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name=item).click()


def test_a_role_is_made_given_and_felt_at_once(person: Person, house: House) -> None:
    group = house.group("Observatory", "bo")
    ada, bo = person("ada", f"/g/{group}/roles"), person("bo", f"/g/{group}")
    expect(composer(bo)).to_be_visible()
    axe.clean(ada)
    _new(ada, "Keepers")
    switch = ada.get_by_role("switch", name="Shape channels")
    expect(switch).not_to_be_checked()
    switch.click()
    expect(ada.get_by_text("1 change reaches 0 people at once")).to_be_visible()
    axe.clean(ada)
    ada.get_by_role("button", name="Discard").click()
    expect(switch).not_to_be_checked()
    switch.click()
    ada.get_by_role("button", name="Save changes").click()
    expect(toast(ada, "The roles are saved.")).to_be_visible()
    expect(switch).to_be_checked()
    ada.goto(ada.url.replace("/roles", "/members"))
    _choose(ada, "Bo Brandt", "Roles")
    dialog = ada.get_by_role("dialog", name="Roles of Bo Brandt")
    dialog.get_by_role("checkbox", name="Keepers").check()
    axe.clean(ada)
    dialog.get_by_role("button", name="Save changes").click()
    expect(toast(ada, "The roles of Bo Brandt are saved.")).to_be_visible()
    # The other person may do at once what the role allows, without asking for anything.
    bo.get_by_role("button", name="Group menu").click()
    expect(bo.get_by_role("menuitem", name="Create channel")).to_be_visible()


def test_roles_are_ordered_and_removed(person: Person, house: House) -> None:
    group = house.group("Archive")
    ada = person("ada", f"/g/{group}/roles")
    _new(ada, "Readers")
    _new(ada, "Binders")
    expect(ada.get_by_role("list", name=ROLES).get_by_role("listitem")).to_have_count(6)
    third = ada.get_by_role("list", name=ROLES).get_by_role("listitem").nth(2)
    expect(third).to_contain_text("Readers")
    with ada.expect_response(lambda answer: "role-order" in answer.url):
        _choose(ada, "Binders", "Move up")
    expect(third).to_contain_text("Binders")
    ada.reload()
    expect(third).to_contain_text("Binders")
    _choose(ada, "Readers", "Remove role")
    ask = ada.get_by_role("alertdialog", name="Remove Readers?")
    expect(ask).to_contain_text("Nobody has it.")
    ask.get_by_role("button", name="Remove role").click()
    expect(toast(ada, "Readers is removed.")).to_be_visible()
    expect(ada.get_by_role("list", name=ROLES).get_by_role("listitem")).to_have_count(5)


def test_who_stands_below_sees_and_cannot_change(person: Person, house: House) -> None:
    group = house.group("Kiln", "cy")
    cy = person("cy", f"/g/{group}/roles")
    expect(cy.get_by_role("heading", name="Owner")).to_be_visible()
    expect(cy.get_by_text("This role stands above or beside your own.")).to_be_visible()
    expect(cy.get_by_role("switch", name="Write messages")).to_be_disabled()
    expect(cy.get_by_role("button", name="New role")).to_have_count(0)


def test_a_channel_becomes_one_for_announcements(person: Person, house: House) -> None:
    group = house.group("Signals", "bo")
    news = house.ada.channel(group, "news")
    ada, bo = person("ada", f"/c/{news}"), person("bo", f"/c/{news}")
    expect(composer(bo)).to_be_visible()
    ada.get_by_role("button", name="More about this channel").click()
    ada.get_by_role("menuitem", name="Permissions").click()
    dialog = ada.get_by_role("dialog", name="Permissions in news")
    dialog.get_by_role("checkbox", name="Announcements").check()
    expect(dialog.get_by_text("This reaches 1 person: 0 see it")).to_be_visible()
    expect(dialog.get_by_text("Then 2 can read and 1 write.")).to_be_visible()
    axe.clean(ada)
    dialog.get_by_role("button", name="Save changes").click()
    expect(toast(ada, "The permissions in news are saved.")).to_be_visible()
    # For the other one the field goes at once, for who may everything it stays.
    expect(composer(bo)).to_have_count(0)
    expect(composer(ada)).to_be_visible()
