"""Oneself and other people: names, titles, pictures."""

import io
from typing import IO, Any

import pytest
from PIL import Image

from courtyard.accounts.schemas import UserOut
from courtyard.core.drawing import Drawn
from tests.cookies import cookie
from tests.house import House
from tests.mutants import instead


async def _as_it_came(_: str, __: int, source: IO[bytes]) -> Drawn:
    return Drawn(source.read())


MUTANTS = {
    "pictures are kept as they come": (
        instead("courtyard.accounts.avatars", "draw", _as_it_came),
        ["test_a_picture_is_written_anew", "test_f08_what_is_no_small_picture_is_refused"],
    ),
    "any number of pixels": (
        instead("courtyard.core.drawing", "PIXEL_LIMIT", 10**12),
        ["test_f08_too_many_pixels_are_refused"],
    ),
}


def _picture(kind: str = "PNG", size: tuple[int, int] = (64, 40), **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


async def _upload(person: Any, data: bytes, expect: int = 200) -> Any:
    return await person.put("/api/me/avatar", expect=expect, content=data)


async def test_a_new_name_is_heard_by_everybody(house: House) -> None:
    zoe = await house.newcomer("zoe")
    tab = await house.person("hal").tab()
    me = await zoe.patch("/api/me", {"name": "  Zoë \u202e Example ", "title": "Baker"})
    assert (me["name"], me["title"]) == ("Zoë Example", "Baker")
    event = await tab.event("user.updated", house.world.workspace, actor_id=str(zoe.id))
    assert event["user"]["name"] == "Zoë Example"
    assert set(event["user"]) == set(UserOut.model_fields)


async def test_what_is_left_out_stays(house: House) -> None:
    zoe = await house.newcomer("zoe")
    await zoe.patch("/api/me", {"title": "Baker"})
    assert (await zoe.patch("/api/me", {"name": "Zo"}))["title"] == "Baker"
    assert (await zoe.patch("/api/me", {"title": ""}))["title"] == ""


@pytest.mark.parametrize("name", ["", "   ", "\u200b\u202e", "x" * 81])
async def test_a_name_is_something_to_see(house: House, name: str) -> None:
    zoe = await house.newcomer("zoe")
    error = await zoe.patch("/api/me", {"name": name}, expect=422)
    assert list(error["error"]["fields"]) == ["name"]


async def test_people_are_found_by_id_and_unknown_ids_left_out(house: House) -> None:
    zoe = await house.newcomer("zoe")
    hal, rob = house.world.people["hal"], house.world.people["rob"]
    found = await zoe.get(f"/api/users?id={hal}&id={rob}&id={house.world.workspace}")
    assert {(user["name"], user["kind"]) for user in found} == {("hal", "human"), ("rob", "bot")}
    await zoe.get("/api/users?" + f"id={hal}&" * 101, expect=422)


async def test_a_deactivated_person_is_shown_as_such(house: House) -> None:
    [fay] = await house.person("cy").get(f"/api/users?id={house.world.people['fay']}")
    assert fay["active"] is False


async def test_a_picture_is_written_anew(house: House) -> None:
    zoe = await house.newcomer("zoe")
    noted = _picture("JPEG", exif=b"Exif\x00\x00secret place of the photo")
    version = (await _upload(zoe, noted))["avatar"]
    answer = await house.person("hal").ask("GET", f"/api/users/{zoe.id}/avatar?v={version}", 200)
    assert answer.headers["content-type"] == "image/webp"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("WEBP", (256, 256))
    assert b"secret place" not in answer.content


async def test_a_picture_can_be_replaced_and_removed(house: House) -> None:
    zoe = await house.newcomer("zoe")
    first = (await _upload(zoe, _picture()))["avatar"]
    assert (await _upload(zoe, _picture("GIF")))["avatar"] != first
    assert (await zoe.delete("/api/me/avatar", expect=200))["avatar"] is None
    await zoe.get(f"/api/users/{zoe.id}/avatar", expect=404)


async def test_an_img_element_is_let_in_by_the_media_cookie(house: House) -> None:
    zoe = await house.newcomer("zoe")
    await _upload(zoe, _picture())
    path = f"/api/users/{zoe.id}/avatar"
    await house.anybody().get(path, expect=401)
    for kind, expect in {"media": 200, "access": 401, "device": 401}.items():
        token = house.state.tokens.issue(kind, zoe.claim)
        await house.anybody("zoe").get(path, expect, headers=cookie(media=token))


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", _picture()[:60],
     _picture("TIFF"), _picture("BMP"), b"GIF89a" + b"\xff" * 40],
    ids=["nothing", "svg", "pdf", "broken", "tiff", "bmp", "garbage"],
)  # fmt: skip
async def test_f08_what_is_no_small_picture_is_refused(house: House, data: bytes) -> None:
    zoe = await house.newcomer("zoe")
    error = await _upload(zoe, data, 422)
    assert list(error["error"]["fields"]) == ["avatar"]


async def test_f08_too_many_pixels_are_refused(house: House) -> None:
    out = io.BytesIO()
    Image.new("1", (8_000, 8_000)).save(out, "PNG")
    error = await _upload(await house.newcomer("zoe"), out.getvalue(), 422)
    assert "too many pixels" in error["error"]["fields"]["avatar"]


async def test_f08_a_bomb_is_refused_before_it_is_unpacked(house: House) -> None:
    out = io.BytesIO()
    Image.new("1", (10_000, 10_000)).save(out, "PNG")
    await _upload(await house.newcomer("zoe"), out.getvalue(), 422)
