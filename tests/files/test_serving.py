"""How files go out: whole, in ranges, with the right words around them."""

import io
import os
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from PIL import Image

from tests.cookies import cookie
from tests.house import House
from tests.mutants import instead
from tests.uploading import bring, bring_to, pdf, picture

DATA = os.urandom(600_000)


async def _ask(
    person: Any, file: dict[str, Any], expect: int, query: str = "", **headers: str
) -> Any:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    path = f"/api/files/{file['id']}/content{query}"
    return await person.ask("GET", path, expect, headers=names)


MUTANTS = {
    "every type is shown": (
        instead("courtyard.files.serving", "SHOWN", {"text/plain", "application/pdf"}),
        ["test_only_pictures_film_and_sound_show_themselves"],
    ),
    "ranges are not looked at": (
        instead("courtyard.files.serving", "_span", lambda *_: None),
        ["test_a_range_is_what_was_asked_for", "test_a_range_outside_is_refused"],
    ),
    "never changed": (
        instead("courtyard.files.serving", "_same", lambda *_: True),
        ["test_what_a_browser_has_it_is_not_sent_again"],
    ),
}


@pytest.fixture(scope="module")
async def noise(house: House) -> dict[str, Any]:
    """A file of cy's, loose."""
    return await bring(house.person("cy"), "noise.bin", DATA)


RANGES = {
    "bytes=0-0": (0, 1),
    "bytes=5-9": (5, 10),
    "bytes=100-": (100, 600_000),
    "bytes=-7": (599_993, 600_000),
    "bytes=0-999999999": (0, 600_000),
    "bytes=-999999999": (0, 600_000),
    "BYTES=3-4": (3, 5),
}


@pytest.mark.parametrize("asked", RANGES)
async def test_a_range_is_what_was_asked_for(house: House, noise: Any, asked: str) -> None:
    start, end = RANGES[asked]
    answer = await _ask(house.person("cy"), noise, 206, range=asked)
    assert answer.content == DATA[start:end]
    assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/600000"
    assert answer.headers["content-length"] == str(end - start)


@pytest.mark.parametrize(
    "asked",
    ["", "bytes", "bytes=", "bytes=-", "bytes=9-5", "bytes=a-b", "bytes=1-2,4-5", "items=0-5",
     "bytes=--5", "bytes=0x1-2", "bytes=1 2-3", "bytes=" + "9" * 30 + "-"],
)  # fmt: skip
async def test_what_is_no_single_range_gets_the_whole(house: House, noise: Any, asked: str) -> None:
    answer = await _ask(house.person("cy"), noise, 200, range=asked)
    assert answer.content == DATA
    assert answer.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=600000-", "bytes=700000-800000", "bytes=-0"])
async def test_a_range_outside_is_refused(house: House, noise: Any, asked: str) -> None:
    answer = await _ask(house.person("cy"), noise, 416, range=asked)
    assert answer.headers["content-range"] == "bytes */600000"
    assert answer.json()["error"]["code"] == "range"


async def test_of_nothing_there_is_no_range(house: House) -> None:
    cy = house.person("cy")
    empty = await bring(cy, "empty", b"")
    await _ask(cy, empty, 416, range="bytes=0-")
    assert (await _ask(cy, empty, 200)).content == b""


async def test_a_range_of_another_file_is_not_put_together(house: House, noise: Any) -> None:
    cy = house.person("cy")
    tag = (await _ask(cy, noise, 200)).headers["etag"]
    await _ask(cy, noise, 206, range="bytes=0-4", if_range=tag)
    await _ask(cy, noise, 200, range="bytes=0-4", if_range='"other"')


async def test_what_a_browser_has_it_is_not_sent_again(house: House, noise: Any) -> None:
    cy = house.person("cy")
    first = await _ask(cy, noise, 200, if_none_match='"other"')
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "private, no-cache"
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = await _ask(cy, noise, 304, if_none_match=known)
        assert answer.content == b""
        assert answer.headers["etag"] == tag
    await _ask(house.person("dee"), noise, 404, if_none_match=tag)


SAMPLES = {
    "a.png": (picture(), "inline", "image/png"),
    "a.mp3": (b"ID3\x04" + b"\xff" * 60, "inline", "audio/mpeg"),
    "a.pdf": (pdf(), "attachment", "application/pdf"),
    "a.txt": (b"words", "attachment", "text/plain; charset=utf-8"),
    "a.html": (b"<p>words", "attachment", "text/plain; charset=utf-8"),
    "a.svg": (
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        "attachment",
        "text/plain; charset=utf-8",
    ),
    "a.exe": (b"MZ\x90\0\3", "attachment", "application/octet-stream"),
}


@pytest.mark.parametrize("name", SAMPLES)
async def test_only_pictures_film_and_sound_show_themselves(house: House, name: str) -> None:
    data, how, media_type = SAMPLES[name]
    cy = house.person("cy")
    file = await bring(cy, name, data)
    answer = await _ask(cy, file, 200)
    assert answer.headers["content-disposition"].split(";")[0] == how
    assert answer.headers["content-type"] == media_type
    assert media_type.startswith(file["type"])
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox; default-src 'none';")
    assert "allow" not in policy
    saved = await _ask(cy, file, 200, "?download=1")
    assert saved.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    "name", ["Größe ☂.png", 'a"b\\c;d.png', "a%20b.png", "a'b.png", "\U0001f600.png"]
)
async def test_a_name_arrives_whole_and_breaks_nothing(house: House, name: str) -> None:
    cy = house.person("cy")
    file = await bring(cy, name, picture())
    said = (await _ask(cy, file, 200)).headers["content-disposition"]
    _, plain, full = said.split("; ")
    assert full == f"filename*=UTF-8''{quote(file['name'], safe='')}"
    assert plain.startswith('filename="')
    assert not set(plain[10:-1]) & set("\"\\;%'")
    assert said.isascii()


async def test_an_img_element_is_let_in_by_the_media_cookie(house: House) -> None:
    cy = house.person("cy")
    file = await bring_to(house, cy, house.world.channels["closed"], "a.png", picture())
    for what in ("content", "preview"):
        path = f"/api/files/{file['id']}/{what}"
        await house.anybody().get(path, expect=401)
        for name, expect in {"cy": 200, "bo": 200, "dee": 404, "hal": 404}.items():
            token = house.state.tokens.issue("media", house.person(name).claim)
            await house.anybody(name).get(path, expect, headers=cookie(media=token))
        for kind in ("access", "device"):
            token = house.state.tokens.issue(kind, cy.claim)
            await house.anybody("cy").get(path, 401, headers=cookie(media=token))


async def test_the_media_cookie_brings_nothing_but_bytes(house: House) -> None:
    cy = house.person("cy")
    file = await bring(cy, "a", b"x")
    headers = cookie(media=house.state.tokens.issue("media", cy.claim))
    await house.anybody("cy").delete(f"/api/files/{file['id']}", 401, headers=headers)
    place = house.world.channels["open"]
    await house.anybody("cy").get(f"/api/channels/{place}/files", 401, headers=headers)


@pytest.mark.parametrize(
    ("data", "size", "seen"),
    [
        (picture(size=(64, 40)), (64, 40), (64, 40)),
        (picture("JPEG", (3000, 1500)), (3000, 1500), (1024, 512)),
        (picture("WEBP", (100, 4000)), (100, 4000), (26, 1024)),
        (picture("GIF", (5, 5)), (5, 5), (5, 5)),
    ],
    ids=["small", "wide", "tall", "tiny"],
)
async def test_a_picture_has_a_size_and_a_preview(
    house: House, data: bytes, size: tuple[int, int], seen: tuple[int, int]
) -> None:
    cy = house.person("cy")
    file = await bring(cy, "photo", data)
    assert ((file["width"], file["height"]), file["has_preview"]) == (size, True)
    answer = await cy.ask("GET", f"/api/files/{file['id']}/preview", 200)
    assert answer.headers["content-type"] == "image/webp"
    assert "sandbox" in answer.headers["content-security-policy"]
    small = Image.open(io.BytesIO(answer.content))
    assert (small.format, small.size) == ("WEBP", seen)


async def test_a_photo_stands_upright_and_its_preview_tells_no_secrets(house: House) -> None:
    notes = Image.Exif()
    notes[0x0112], notes[0x010E] = 6, "secret place of the photo"
    data = picture("JPEG", (200, 100), exif=notes.tobytes())
    assert b"secret place" in data
    cy = house.person("cy")
    file = await bring(cy, "photo.jpg", data)
    assert (file["width"], file["height"]) == (100, 200)
    answer = await cy.ask("GET", f"/api/files/{file['id']}/preview", 200)
    assert Image.open(io.BytesIO(answer.content)).size == (100, 200)
    assert b"secret place" not in answer.content


async def test_the_preview_of_a_pdf_is_its_first_page(house: House) -> None:
    cy = house.person("cy")
    file = await bring(cy, "letter.pdf", pdf())
    assert ((file["width"], file["height"]), file["has_preview"]) == ((1024, 512), True)
    answer = await cy.ask("GET", f"/api/files/{file['id']}/preview", 200)
    assert Image.open(io.BytesIO(answer.content)).size == (1024, 512)


async def test_what_is_no_picture_has_no_preview(house: House) -> None:
    cy = house.person("cy")
    file = await bring(cy, "a.txt", b"x")
    assert (file["has_preview"], file["width"]) == (False, None)
    await cy.get(f"/api/files/{file['id']}/preview", expect=404)


async def test_bytes_that_are_gone_are_not_found(house: House) -> None:
    cy = house.person("cy")
    file = await bring(cy, "a", b"x")
    [row] = await house.sql("SELECT blob_id FROM file WHERE id = %s", UUID(file["id"]))
    await house.state.blobs.delete("file", row[0])
    await _ask(cy, file, 404)
