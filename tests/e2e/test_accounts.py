"""Coming in, being someone, and leaving again."""

import io
import re
from uuid import uuid4

from PIL import Image
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Person
from tests.e2e.house import PASSWORD, House, email
from tests.e2e.steps import composer, feed, message, send, toast

COPIES = "async () => (await indexedDB.databases()).map(one => one.name)"


def enter(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fills the sign-in form."""
    page.get_by_label("E-mail").fill(email(name))
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_sign_out_leaves_nothing_and_the_door_opens_again(person: Person, house: House) -> None:
    general = house.ada.channels(house.ward)["general"]
    page = person("dee", f"/c/{general}")
    expect(composer(page)).to_be_visible()
    assert page.evaluate(COPIES)
    page.get_by_role("button", name="You, Dee Raman").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="St. Brigid’s")).to_be_visible()
    page.wait_for_function(f"({COPIES})().then(names => names.length === 0)")
    assert page.evaluate("localStorage.getItem('courtyard.me')") is None
    page.goto(f"/c/{general}")
    expect(page).to_have_url(re.compile(r"/sign-in\?next="))
    enter(page, "dee", "not the password")
    expect(page.get_by_text("E-mail and password do not belong together.")).to_be_visible()
    enter(page, "nobody")
    expect(page.get_by_text("E-mail and password do not belong together.")).to_be_visible()
    enter(page, "dee")
    expect(page).to_have_url(re.compile(f"/c/{general}$"))
    expect(composer(page)).to_be_visible()


def test_another_device_is_signed_out_from_here(person: Person, house: House) -> None:
    general = house.ada.channels(house.ward)["general"]
    lost = person("esi", f"/c/{general}", width="phone")
    expect(composer(lost)).to_be_visible()
    here = person("esi", "/settings/devices")
    rows = here.get_by_role("main").get_by_role("listitem")
    expect(rows.filter(has_text="This device")).to_have_count(1)
    # The newest of the others: the API of these tests is signed in as Esi, too.
    rows.filter(has_text="Chrom").get_by_role("button", name=re.compile("^Sign out")).first.click()
    expect(lost.get_by_role("heading", name="St. Brigid’s")).to_be_visible()
    lost.wait_for_function(f"({COPIES})().then(names => names.length === 0)")
    lost.reload()
    expect(lost.get_by_role("heading", name="St. Brigid’s")).to_be_visible()
    expect(rows.filter(has_text="This device")).to_have_count(1)


def test_a_new_password_and_out_everywhere(person: Person, house: House) -> None:
    token = house.ada.invite(house.ward)
    name = f"gil{uuid4().hex[:6]}"
    page = person("ada", "/theme.js")
    page.context.clear_cookies()
    page.goto(f"/join/{token}")
    page.get_by_label("Your name").fill("Gil Ortiz")
    page.get_by_label("E-mail").fill(email(name))
    page.get_by_label("Password", exact=True).fill("short")
    expect(
        page.get_by_text("5 One more character").or_(page.get_by_text("5 more characters"))
    ).to_be_visible()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    expect(composer(page)).to_be_visible()
    page.goto("/settings/password")
    page.get_by_label("Current password").fill("not the password")
    page.get_by_label("New password").fill("nine slow herons")
    page.get_by_role("button", name="Change password").click()
    expect(page.get_by_label("Current password")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Current password").fill(PASSWORD)
    page.get_by_role("button", name="Change password").click()
    expect(toast(page, "Password changed.")).to_be_visible()
    page.goto("/settings/devices")
    page.get_by_role("button", name="Sign out everywhere").click()
    page.get_by_role("alertdialog").get_by_role("button", name="Sign out everywhere").click()
    expect(page.get_by_role("heading", name="St. Brigid’s")).to_be_visible()
    enter(page, name, "nine slow herons")
    expect(page.get_by_label("E-mail")).to_have_count(0)


def test_a_face_and_a_title_are_seen_by_others(person: Person, house: House) -> None:
    group = house.group("Faces", "cy", "bo")
    general = house.ada.channels(group)["general"]
    cy, bo = person("cy", f"/c/{general}"), person("bo", f"/c/{general}")
    send(cy, "This is me.")
    expect(message(bo, "This is me.")).to_be_visible()
    cy.goto("/settings/profile")
    picture = io.BytesIO()
    Image.new("RGB", (600, 400), (90, 140, 160)).save(picture, "PNG")
    file = {"name": "me.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    with cy.expect_file_chooser() as chooser:
        cy.get_by_role("button", name="Choose a picture").click()
    chooser.value.set_files(file)
    expect(cy.get_by_role("button", name="Change picture")).to_be_visible()
    # Live, and by name of its version: what Bo sees changes without a reload.
    face = message(bo, "This is me.").locator("img")
    expect(face).to_have_count(1)
    assert face.evaluate("async face => { await face.decode(); return face.naturalWidth }") == 256
    cy.get_by_label("Title").fill("Registrar")
    cy.get_by_role("button", name="Save profile").click()
    expect(toast(cy, "Profile saved.")).to_be_visible()
    bo.get_by_role("button", name="People and details").click()
    expect(bo.get_by_role("listitem").filter(has_text="Registrar")).to_be_visible()
    cy.get_by_role("button", name="Remove").click()
    expect(face).to_have_count(0)


def test_the_theme_is_chosen_and_stays(person: Person) -> None:
    page = person("bo")
    root = page.locator("html")
    expect(root).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="You, Bo Brandt").click()
    page.get_by_role("menuitem", name="Theme").press("Enter")
    page.get_by_role("menuitemradio", name="Light").click()
    expect(root).to_have_attribute("data-theme", "light")
    page.reload()
    expect(root).to_have_attribute("data-theme", "light")
    expect(composer(page)).to_be_visible()
    page.keyboard.press("Alt+t")
    expect(root).to_have_attribute("data-theme", "dark")
    page.goto("/settings/appearance")
    page.get_by_role("radio", name="Compact").click()
    page.get_by_role("radio", name="Largest").click()
    expect(root).to_have_attribute("data-density", "compact")
    expect(root).to_have_attribute("data-text-size", "largest")


def test_invitations_for_who_is_here_already_and_bad_ones(person: Person, house: House) -> None:
    group = house.ada.group("Evening circle")
    page = person("cy", f"/join/{house.ada.invite(group)}")
    expect(page.get_by_text("You are signed in as Cy Tanaka.")).to_be_visible()
    page.get_by_role("button", name="Join the group").click()
    expect(page.get_by_role("link", name="Evening circle")).to_be_visible()
    page.goto("/join/this-is-no-invitation")
    expect(page.get_by_role("heading", name="This invitation is no longer good")).to_be_visible()
    general = house.ada.channels(group)["general"]
    page.goto(f"/c/{general}")
    expect(feed(page).or_(page.get_by_text("Nothing has been said here yet"))).to_be_visible()
