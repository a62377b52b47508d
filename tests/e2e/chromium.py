"""The browser of the journeys."""

import os
import shutil

FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
WIDTHS = {"desktop": (1440, 900), "tablet": (1024, 768), "phone": (390, 844)}


def chromium() -> str | None:
    """The browser: $CHROMIUM, else the system's; None lets Playwright take its own."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return named or next((path for path in found if path), None)
