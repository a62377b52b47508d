"""What one does not want: somebody blocked, hours of quiet; and what may still call from outside
of the page."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e import axe
from tests.e2e.conftest import Person
from tests.e2e.house import House
from tests.e2e.steps import composer, feed, message, say, send

HUSHED = "Message of somebody you blocked"
# Every notification of every tab, in the order in which they were shown.
WRAPPED = """(() => {
    const Real = window.Notification
    window.mine = []
    window.Notification = class extends Real {
        constructor(title, options) {
            super(title, options)
            this.open = true
            mine.push(this)
            const shown = JSON.parse(localStorage.shown ?? '[]')
            localStorage.shown = JSON.stringify([...shown, [title, options.body]])
        }
        close() {
            this.open = false
            super.close()
        }
    }
})()"""


def _wrapped(page: Page, path: str) -> Page:
    """A page whose browser allows notifications and whose notifications are watched."""
    origin = "/".join(page.url.split("/")[:3])
    page.context.grant_permissions(["notifications"], origin=origin)
    page.context.add_init_script(WRAPPED)
    page.goto(path)
    return page


def _shown(page: Page, count: int) -> Any:
    """All that was shown on this device, once there are so many."""
    page.wait_for_function("n => JSON.parse(localStorage.shown ?? '[]').length >= n", arg=count)
    return page.evaluate("JSON.parse(localStorage.shown)")


def _talk(house: House, one: str, *others: str) -> str:
    ids = [house.people[name].id for name in others]
    return str(house.people[one].ask("POST", "/conversations", {"user_ids": ids})["id"])


def _block(page: Page, menu: str) -> Locator:
    """Asks to block by a menu; the question."""
    page.get_by_role("button", name=menu).click()
    page.get_by_role("menuitem", name="Block").click()
    return page.get_by_role("alertdialog", name=re.compile("^Block "))


def test_a_block_between_two_is_seen_from_both_sides(person: Person, house: House) -> None:
    talk = _talk(house, "cy", "dee")
    house.people["dee"].say(talk, "You owe me a plant.")
    desk, phone = person("cy", f"/c/{talk}"), person("cy", f"/c/{talk}", width="phone")
    dee = person("dee", f"/c/{talk}")
    for page in (desk, phone, dee):
        expect(composer(page)).to_be_visible()
    dialog = _block(desk, "More about this conversation")
    expect(dialog.get_by_text("They are not told.")).to_be_visible()
    axe.clean(desk)
    dialog.get_by_role("button", name="Block").click()
    # Here and on the other device the field gives way to what was done; the words stay.
    for page in (desk, phone):
        expect(page.get_by_text("You blocked Dee Raman.")).to_be_visible()
        expect(composer(page)).to_have_count(0)
        expect(message(page, "You owe me a plant.")).to_be_visible()
    axe.clean(phone)
    # The other side hears what the server says, and not why.
    send(dee, "Well?")
    failed = dee.get_by_role("alert").filter(has_text="Not sent.")
    expect(failed).to_be_visible()
    expect(failed.get_by_text("block")).to_have_count(0)
    phone.get_by_role("button", name="Unblock").click()
    for page in (phone, desk):
        expect(composer(page)).to_be_visible()
    failed.get_by_role("button", name="Retry").click()
    expect(message(desk, "Well?")).to_be_visible()


def test_among_many_the_blocked_fold_away(person: Person, house: House) -> None:
    group = house.group("Greenhouse", "cy", "dee")
    general = house.ada.channels(group)["general"]
    cy, dee = house.people["cy"], house.people["dee"]
    cy.say(general, "Who waters on Sunday?")
    [mine] = cy.ask("GET", f"/channels/{general}/messages")["messages"][-1:]
    dee.ask("PUT", f"/messages/{mine['id']}/reactions/🌵")
    dee.say(general, "Not me, I never do.")
    desk = person("cy", f"/c/{general}")
    expect(message(desk, "Not me, I never do.")).to_be_visible()
    desk.get_by_role("button", name="People and details").click()
    people = desk.get_by_role("list", name="People").get_by_role("listitem")
    people.filter(has_text="Dee Raman").hover()
    _block(desk, "More for Dee Raman").get_by_role("button", name="Block").click()
    row = message(desk, HUSHED)
    expect(row).to_be_visible()
    expect(feed(desk).get_by_text("Not me, I never do.")).to_have_count(0)
    expect(feed(desk).get_by_text("Dee Raman")).to_have_count(0)
    expect(feed(desk).get_by_role("button", name=re.compile("🌵"))).to_have_count(0)
    # The name of the button that has the focus again stands beside it: away with it.
    desk.keyboard.press("Escape")
    axe.clean(desk)
    # What comes is folded, too, and so is what others quote of it.
    dee.say(general, "Hello? Anybody?")
    expect(message(desk, HUSHED)).to_have_count(2)
    [said] = dee.ask("GET", f"/channels/{general}/messages")["messages"][-1:]
    house.ada.ask(
        "POST",
        f"/channels/{general}/messages",
        {"client_id": mine["id"], "text": "Calm down.", "reply_to": said["id"]},
    )
    expect(message(desk, "Calm down.").get_by_text(HUSHED)).to_be_visible()
    # By keyboard it opens and folds again.
    row.first.get_by_role("button", name="Show").focus()
    desk.keyboard.press("Enter")
    opened = message(desk, "Not me, I never do.")
    expect(opened).to_be_focused()
    expect(opened.get_by_text("Dee Raman").first).to_be_visible()
    opened.get_by_role("button", name="Hide again").click()
    expect(opened).to_have_count(0)
    # From the list in the settings of another device it comes back.
    phone = person("cy", "/settings/blocked", width="phone")
    axe.clean(phone)
    phone.get_by_role("button", name="Unblock Dee Raman").click()
    expect(phone.get_by_text("You block nobody")).to_be_visible()
    expect(opened).to_be_visible()
    expect(feed(desk).get_by_role("button", name=re.compile("🌵"))).to_be_visible()
    # Nothing of this waits for Dee elsewhere.
    dee.ask("DELETE", f"/groups/{group}/members/{dee.id}")


def test_a_notification_outside_of_the_page(person: Person, house: House) -> None:
    group = house.group("Porters", "bo")
    channels = house.ada.channels(group)
    general, bo = channels["general"], house.people["bo"]
    page = _wrapped(person("bo"), "/settings/notifications")
    switch = page.get_by_role("switch", name="Desktop notifications")
    switch.click()
    expect(page.get_by_role("switch", name="Show names and words")).to_be_checked()
    axe.clean(page)
    other = page.context.new_page()
    other.goto("/activity")
    inbox = other.get_by_role("list", name="Activity").get_by_role("link")
    expect(other.get_by_role("heading", name="Activity", level=1)).to_be_visible()
    call = f"[@Bo](user:{bo.id})"
    first = ["Ada Okafor mentioned you in #general", "@Bo, the lift is free."]
    house.ada.say(general, f"{call}, the **lift** is free.")
    assert _shown(page, 1) == [first]
    # Not while one wants quiet, which was asked for on another device.
    bo.ask("PUT", "/me/dnd", {"until": "2030-01-01T00:00:00Z"})
    for tab in (page, other):
        mine = tab.get_by_role("button", name="You, Bo Brandt")
        expect(mine.get_by_role("img", name="do not disturb")).to_be_visible()
    house.ada.say(general, f"{call}, psst.")
    expect(inbox.filter(has_text="psst")).to_be_visible()
    bo.ask("PUT", "/me/dnd", {"until": None})
    for tab in (page, other):
        mine = tab.get_by_role("button", name="You, Bo Brandt")
        expect(mine.get_by_role("img", name="do not disturb")).to_have_count(0)
    # Without words it says only that something came.
    page.get_by_role("switch", name="Show names and words").click()
    house.ada.say(general, f"{call}, it is broken again.")
    assert _shown(page, 2) == [first, ["New message", ""]]
    # What is read elsewhere closes; a click on what is open leads there.
    house.ada.say(general, f"{call}, fixed.")
    assert len(_shown(page, 3)) == 3
    tab = next(one for one in (page, other) if one.evaluate("mine.some(one => one.open)"))
    tab.evaluate("mine.at(-1).dispatchEvent(new Event('click'))")
    expect(tab.get_by_role("heading", name="general", level=1)).to_be_visible()
    expect(message(tab, "fixed.")).to_be_visible()
    for one in (page, other):
        one.wait_for_function("() => mine.every(one => !one.open)")


def test_an_answer_leads_into_its_thread(person: Person, house: House) -> None:
    group = house.group("Night watch", "bo")
    general, bo = house.ada.channels(group)["general"], house.people["bo"]
    bo.say(general, "Who has the torch?")
    [root] = bo.ask("GET", f"/channels/{general}/messages")["messages"][-1:]
    page = _wrapped(person("bo"), "/activity")
    offer = page.get_by_role("region", name="Desktop notifications")
    offer.get_by_role("button", name="Turn on").click()
    expect(offer).to_have_count(0)
    body = {"client_id": root["id"], "text": "In the drawer.", "root_id": root["id"]}
    house.ada.ask("POST", f"/channels/{general}/messages", body)
    assert _shown(page, 1) == [["Ada Okafor replied in #general", "In the drawer."]]
    page.evaluate("mine.at(-1).dispatchEvent(new Event('click'))")
    thread = page.get_by_role("feed", name="Thread")
    expect(thread.get_by_text("In the drawer.")).to_be_visible()


def test_what_the_browser_blocks_is_said(person: Person) -> None:
    page = person("esi", "/settings/notifications")
    expect(page.get_by_text("Your browser blocks notifications")).to_be_visible()
    expect(page.get_by_role("switch", name="Desktop notifications")).to_be_disabled()
    axe.clean(page)


def test_quiet_asked_for_here_is_kept_there(person: Person) -> None:
    here, there = person("esi", "/settings/notifications"), person("esi", "/settings/notifications")
    hours = there.get_by_role("switch", name="Quiet hours")
    expect(hours).not_to_be_checked()
    here.get_by_role("switch", name="Quiet hours").click()
    expect(hours).to_be_checked()
    here.get_by_role("switch", name="Quiet hours").click()
    expect(hours).not_to_be_checked()
    here.get_by_role("button", name="You, Esi Boateng").click()
    here.get_by_role("menuitem", name="Pause notifications").hover()
    here.get_by_role("menuitem", name="For 1 hour").click()
    mine = there.get_by_role("button", name="You, Esi Boateng")
    expect(mine.get_by_role("img", name="do not disturb")).to_be_visible()
    mine.click()
    expect(there.get_by_text(re.compile(r"Paused until .*\d"))).to_be_visible()
    there.get_by_role("menuitem", name="Resume notifications").click()


def test_enter_before_anybody_was_found_is_kept(person: Person) -> None:
    page = person("cy")
    expect(composer(page)).to_be_visible()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/members?*", hold)
    page.keyboard.press("Alt+y")
    dialog = page.get_by_role("dialog", name="New message")
    dialog.get_by_role("combobox").press_sequentially("esi b")
    expect(dialog.get_by_role("option")).to_have_count(0)
    page.keyboard.press("Enter")
    for route in held:
        route.continue_()
    expect(dialog.get_by_role("button", name="Take Esi Boateng out again")).to_be_visible()


def test_a_row_under_a_resting_pointer_shows_its_actions(person: Person, house: House) -> None:
    general = house.ada.channels(house.group("Laundry room", "bo"))["general"]
    page = person("bo", f"/c/{general}")
    say(page, "The press is warm.")
    row = message(page, "The press is warm.")
    # It came under the pointer: nothing entered, and now it moves.
    row.dispatch_event("pointermove", {"pointerType": "mouse", "bubbles": True})
    expect(row.get_by_role("toolbar", name="Message actions")).to_be_visible()
