"""Cookies of an answer, read as a browser would read them."""

from http.cookies import Morsel, SimpleCookie

import httpx

REFRESH = "__Host-refresh"
MEDIA = "__Host-media"
DEVICE = "__Host-device"


def morsels(answer: httpx.Response) -> dict[str, "Morsel[str]"]:
    """The cookies an answer sets, with their attributes."""
    found: dict[str, Morsel[str]] = {}
    for line in answer.headers.get_list("set-cookie"):
        found |= SimpleCookie(line)
    return found


def jar(answer: httpx.Response) -> dict[str, str]:
    """Name → value."""
    return {name: morsel.value for name, morsel in morsels(answer).items()}


def cookie(**values: str) -> dict[str, str]:
    """The header that sends cookies, by their short names: refresh, media, device."""
    line = "; ".join(f"__Host-{name}={value}" for name, value in values.items())
    return {"cookie": line}
