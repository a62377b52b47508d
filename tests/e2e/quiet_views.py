"""Views of what one does not want, and of what may call from outside of the page."""

from playwright.sync_api import Page, expect

from tests.e2e.views import HOUSE, Step, View, click, talk, wait


def block(name: str) -> Step:
    """Somebody is blocked, by the menu of the conversation that is open."""

    def step(page: Page) -> None:
        more = page.get_by_role("button", name="More about this conversation")
        if page.get_by_text(f"You blocked {name}").count() == 0:
            more.click()
            page.get_by_role("menuitem", name="Block").click()
            page.get_by_role("alertdialog").get_by_role("button", name="Block").click()
        expect(page.get_by_text(f"You blocked {name}")).to_be_visible()
        expect(page.get_by_role("alertdialog")).to_have_count(0)
        # Its menu had the focus and says its name.
        page.keyboard.press("Escape")

    return step


def allow(*permissions: str) -> Step:
    """The browser lets the page do this and nothing else."""

    def step(page: Page) -> None:
        origin = "/".join(page.url.split("/")[:3])
        page.context.grant_permissions(list(permissions), origin=origin)
        page.reload()

    return step


QUIET = [
    View(
        "desktop-blocked",
        "/settings/notifications",
        (allow("clipboard-read"), wait("Your browser blocks")),
        ("desktop", "phone"),
    ),
    View("offer", "/activity", (allow("notifications"), wait("Shall this device tell you"))),
    View(
        "desktop-on",
        "/settings/notifications",
        (
            allow("notifications"),
            lambda p: p.get_by_role("switch", name="Desktop notifications").click(),
            wait("Show names and words"),
        ),
    ),
    View("blocked-none", "/settings/blocked", (wait("You block nobody"),), ("desktop",)),
    View(
        "block",
        "/",
        (
            *HOUSE,
            talk("Dee Raman", "Good morning, Dee."),
            click("More about this conversation", "Block"),
            wait("They are not told."),
        ),
    ),
    View("blocked", "/", (*HOUSE, talk("Dee Raman"), block("Dee Raman"))),
    View("blocked-among-many", "intake-pilot", (wait("Message of somebody you blocked"),)),
    View("blocked-list", "/settings/blocked", (wait("Unblock"),)),
]
