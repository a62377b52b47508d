"""Files that want to be pages, opened directly in the browser: nothing of them runs (F01)."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import Person
from tests.e2e.house import House
from tests.uploading import pdf, picture

MARK = "document.title = 'broken'; window.broken = true; alert('broken')"
HOSTILE = {
    "drawing.svg": f"<svg xmlns='http://www.w3.org/2000/svg' onload=\"{MARK}\"/>".encode(),
    "page.html": f"<!doctype html><script>{MARK}</script>".encode(),
    "page.xhtml": f"<html xmlns='http://www.w3.org/1999/xhtml'><script>{MARK}</script></html>".encode(),
    "letter.pdf": pdf("/OpenAction << /S /JavaScript /JS (app.alert\\('broken'\\)) >>"),
    "page.png": f"<script>{MARK}</script>".encode(),
    "page": f"<script>{MARK}</script>".encode(),
}


def _bring(house: House, name: str, data: bytes) -> str:
    """The address of a new file of Ada's."""
    body = {"client_id": str(uuid4()), "name": name, "size": len(data)}
    upload = house.ada.ask("POST", "/uploads", body)["id"]
    answer = house.ada._http.patch(
        f"/api/uploads/{upload}", content=data, headers={"upload-offset": "0"}
    )
    return f"/api/files/{answer.json()['file']['id']}/content"


def _opened(page: Page, path: str) -> None:
    """Goes there as a link would."""
    page.evaluate("path => { location.href = path }", path)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_could_run_is_saved(person: Person, house: House, name: str) -> None:
    page = person("ada", "/theme.js")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    path = _bring(house, name, HOSTILE[name])
    with page.expect_download() as saved:
        _opened(page, path)
    assert saved.value.suggested_filename.startswith(name.split(".", maxsplit=1)[0])
    assert page.url.endswith("/theme.js")
    assert not dialogs
    assert page.title() != "broken"


@pytest.mark.parametrize("name", ["drawing.svg", "page.html", "page.xhtml"])
def test_shown_against_its_will_it_still_does_not_run(
    person: Person, house: House, name: str
) -> None:
    """The sandbox stands by itself: here the type and the disposition are as the file would like
    them, and nothing but the policy is left."""
    page = person("ada", "/theme.js", strict=False)
    types = {"drawing.svg": "image/svg+xml", "page.html": "text/html"}

    def like_it(route: Any) -> None:
        answer = route.fetch()
        headers = {**answer.headers, "content-type": types.get(name, "application/xhtml+xml")}
        del headers["content-disposition"]
        route.fulfill(response=answer, headers=headers)

    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.route("**/content", like_it)
    page.goto(_bring(house, name, HOSTILE[name]))
    assert page.url.endswith("/content")
    assert page.title() != "broken"
    assert not dialogs


def test_a_picture_shows_itself(person: Person, house: House) -> None:
    page = person("ada", "/theme.js", strict=False)
    page.goto(_bring(house, "photo.png", picture()))
    assert page.evaluate("document.images[0].naturalWidth") == 64


def test_as_a_picture_in_a_page_it_needs_no_header(person: Person, house: House) -> None:
    page = person("ada", "/theme.js")
    path = _bring(house, "photo.png", picture())
    for what in (path, path.replace("content", "preview")):
        shown = page.evaluate(
            """async path => {
                const image = new Image()
                image.src = path
                await image.decode()
                return image.naturalWidth
            }""",
            what,
        )
        assert shown == 64
