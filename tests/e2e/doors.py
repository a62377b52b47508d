"""The views before one is inside: signing in, joining, the first run."""

from tests.e2e.views import View, click, fill, wait

DOOR = [
    View("sign-in", "/sign-in", (wait("Keep me signed in"),)),
    View(
        "sign-in-refused",
        "/sign-in",
        (
            fill("E-mail", "bo@lindenhof.example"),
            fill("Password", "not the password"),
            click("Sign in"),
            wait("do not belong together"),
        ),
        ("desktop", "phone"),
    ),
    View("join-gone", "/join/this-is-no-invitation", (wait("no longer good"),), ("desktop",)),
]
NEW = [
    View("setup-1", "/setup", (wait("PostgreSQL"),)),
    View(
        "setup-2",
        "/setup",
        (
            fill("Name of the workspace", "Lindenhof Clinic"),
            click("Continue"),
            wait("Who looks after"),
        ),
        ("desktop", "phone"),
    ),
]
