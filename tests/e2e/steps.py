"""What people do on a page, and where they look."""

import re

from playwright.sync_api import Locator, Page, expect


def feed(page: Page) -> Locator:
    """The talk on the sheet. Off screen, the announcer repeats what is new in it."""
    return page.get_by_role("feed", name="Messages")


def message(page: Page, text: str) -> Locator:
    """The row of a message."""
    return feed(page).get_by_role("article").filter(has_text=text)


def composer(page: Page) -> Locator:
    """The field one writes in."""
    return page.get_by_role("textbox", name=re.compile(r"^Write "))


def send(page: Page, text: str) -> None:
    """Writes and sends: by Enter at a desk, by the button where Enter makes a line."""
    composer(page).fill(text)
    if page.evaluate("matchMedia('(pointer: coarse)').matches"):
        page.get_by_role("button", name="Send", exact=True).click()
    else:
        composer(page).press("Enter")


def say(page: Page, *texts: str) -> None:
    """Writes, sends, and sees it stand there."""
    for text in texts:
        send(page, text)
        expect(message(page, text)).to_be_visible()


def act(page: Page, text: str, action: str) -> None:
    """By the menu of the bar over a message."""
    choose(page, message(page, text), action)


def choose(page: Page, row: Locator, action: str) -> None:
    """Something to do with a row, by the menu of its bar."""
    row.hover()
    row.get_by_role("toolbar", name="Message actions").get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name=re.compile(f"^{action}")).click()


def shut(page: Page, dialog: Locator) -> None:
    """Closes a dialog by Escape. Its code comes when first asked for, and it has the focus a breath
    before it hears keys: a person's breath is longer than a machine's."""
    expect(dialog).to_be_focused()
    page.wait_for_timeout(300)
    page.keyboard.press("Escape")


def order(page: Page, *texts: str) -> list[str]:
    """Which of these stand in the talk, as often and in the order as they do."""
    rows = feed(page).get_by_role("article").all_inner_texts()
    return [text for row in rows for text in texts if text in row]


def channel_row(page: Page, name: str) -> Locator:
    """A channel in the list."""
    return page.get_by_role("navigation", name="Channels").get_by_role(
        "link", name=re.compile(rf"^(Private )?{re.escape(name)}\b")
    )


def toast(page: Page, text: str) -> Locator:
    """Something said in passing."""
    return page.get_by_role("region", name=re.compile("^Notices")).get_by_text(text)


def gone(page: Page) -> Locator:
    """What stands where a place is gone or closed to one."""
    return page.get_by_text("It does not exist any more, or it is not open to you.")
