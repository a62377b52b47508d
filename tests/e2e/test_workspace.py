"""Looking after the workspace: people who go and come back, and the licence."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e import axe
from tests.e2e.conftest import Person
from tests.e2e.house import House
from tests.e2e.steps import composer, toast
from tests.licences import licence


def _menu(page: Page, name: str, item: str) -> None:
    page.get_by_role("button", name=f"More for {name}").click()
    page.get_by_role("menuitem", name=item).click()


def test_somebody_is_deactivated_while_online_and_comes_back(person: Person, house: House) -> None:
    group = house.group("Laundry", "esi")
    general = house.ada.channels(group)["general"]
    ada, esi = person("ada", "/settings/people"), person("esi", f"/c/{general}")
    expect(composer(esi)).to_be_visible()
    axe.clean(ada)
    ada.get_by_role("searchbox", name="Find by name or e-mail").fill("esi@")
    expect(ada.get_by_role("status").get_by_text("1 account")).to_be_visible()
    _menu(ada, "Esi Boateng", "Deactivate")
    ask = ada.get_by_role("alertdialog")
    expect(ask).to_contain_text("their seat is free")
    axe.clean(ada)
    ask.get_by_role("button", name="Deactivate").click()
    # At the other's screen the house is shut at once.
    expect(esi.get_by_role("button", name="Sign in")).to_be_visible(timeout=4000)
    people = ada.get_by_role("list", name="People")
    row = people.get_by_role("listitem").filter(has_text="Esi Boateng")
    expect(row.get_by_text("Deactivated")).to_be_visible()
    _menu(ada, "Esi Boateng", "Restore")
    expect(toast(ada, "Esi Boateng can sign in again")).to_be_visible()
    expect(row.get_by_text("Deactivated")).to_have_count(0)
    again = person("esi", f"/c/{general}")
    expect(composer(again)).to_be_visible()


def test_a_standing_is_given_and_taken(person: Person, house: House) -> None:
    ada, dee = person("ada", "/settings/people", width="phone"), person("dee", "/settings/profile")
    expect(dee.get_by_role("link", name="Licence")).to_have_count(0)
    axe.clean(ada)
    for role, there in (("Admin", 1), ("Member", 0)):
        ada.get_by_role("button", name="More for Dee Raman").click()
        ada.get_by_role("menuitem", name="Standing").tap()
        ada.get_by_role("menuitemradio", name=re.compile(f"^{role}")).tap()
        ask = ada.get_by_role("alertdialog", name=f"Make Dee Raman {role}?")
        ask.get_by_role("button", name=f"Make {role}").click()
        expect(toast(ada, f"Dee Raman is {role} now.")).to_be_visible()
        dee.reload()
        expect(dee.get_by_role("heading", name="Profile", level=1)).to_be_visible()
        expect(dee.get_by_role("link", name="Licence")).to_have_count(there)


def test_a_licence_is_checked_and_installed(person: Person, tmp_path: Path) -> None:
    ada = person("ada", "/settings/licence")
    expect(ada.get_by_text("of 200 seats taken")).to_be_visible()
    field = ada.get_by_label("Licence", exact=True)
    field.fill(licence(seats=300).replace("LICENCE 1", "LICENCE 7"))
    ada.get_by_role("button", name="Check").click()
    expect(ada.get_by_text("This is not a licence of Courtyard")).to_be_visible()
    axe.clean(ada)
    file = tmp_path / "licence.txt"
    file.write_text(licence(seats=250, issued_to="St. Brigid’s Trust"))
    ada.locator("input[type=file]").set_input_files(file)
    expect(ada.get_by_text("This is not a licence of Courtyard")).to_have_count(0)
    ada.get_by_role("button", name="Check").click()
    ask = ada.get_by_role("alertdialog", name="Install the licence of St. Brigid’s Trust?")
    expect(ask).to_contain_text("250 seats, support until")
    axe.clean(ada)
    ask.get_by_role("button", name="Install").click()
    expect(toast(ada, "The licence is installed.")).to_be_visible()
    expect(ada.get_by_text("of 250 seats taken")).to_be_visible()
    expect(ada.get_by_role("heading", name="St. Brigid’s Trust")).to_be_visible()
    axe.clean(ada)
