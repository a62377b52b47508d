"""Views of what one does with a message."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.steps import feed, send
from tests.e2e.views import View, edit


def forward(page: Page) -> None:
    """The choice of where a message goes."""
    feed(page).get_by_role("article").last.focus()
    page.keyboard.press("f")
    expect(page.get_by_role("dialog", name="Forward")).to_be_visible()
    page.wait_for_timeout(800)


def forward_to(page: Page) -> None:
    """A place was chosen: who reads it then, and words of one's own."""
    forward(page)
    page.get_by_role("option", name=re.compile("^kitchen-table")).click()
    page.get_by_role("dialog").get_by_role("textbox").fill("In case you have not seen it.")
    expect(page.get_by_role("status").filter(has_text="kitchen-table").first).to_be_visible()
    page.wait_for_timeout(400)


def history(page: Page) -> None:
    """The earlier wordings of what one said."""
    words = ("Thank you, I have them. See you at noon.", "Thank you, I have both. See you at one.")
    edit(page)
    for said in words:
        field = page.get_by_role("textbox", name="Edit message")
        field.fill(said)
        field.press("Enter")
        expect(field).to_have_count(0)
        edit(page)
    page.keyboard.press("Escape")
    row = feed(page).get_by_role("article").filter(has_text=words[-1]).last
    row.get_by_role("button", name="edited").click()
    expect(page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()


ACTIONS = [
    View("forward", "intake-pilot", (forward,)),
    View("forward-to", "intake-pilot", (forward_to,)),
    View("history", "kitchen-table", (lambda p: send(p, "Thank you."), history)),
]
