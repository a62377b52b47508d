"""F: files that want to be more than files, and people who want files that are not theirs."""

import io
import os
import time
import zipfile
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psutil
import pytest

from courtyard.core import child
from courtyard.files import jobs, service
from courtyard.files.finishing import chunks_of
from courtyard.files.kinds import Nature
from courtyard.files.previews import Look
from tests.files.test_upkeep import _context
from tests.house import House
from tests.mutants import instead
from tests.uploading import attach, begin, bomb, bring, bring_to, pdf, picture, send


async def _believed(_: Any, __: UUID, nature: Nature) -> Look:
    return Look(nature)


MUTANTS = {
    "files are served as they call themselves": (
        instead("courtyard.files.serving", "SHOWN", {"text/plain", "application/pdf"}),
        ["test_f01_what_could_run_is_saved_and_not_shown"],
    ),
    "no sandbox": (
        instead("courtyard.files.serving", "POLICY", "default-src 'none'"),
        ["test_f01_what_could_run_is_saved_and_not_shown"],
    ),
    "pictures are not looked at": (
        instead("courtyard.files.previews", "look", _believed),
        ["test_f02_what_is_two_things_is_neither", "test_f08_a_bomb_is_never_shown"],
    ),
    "rights are those of the upload": (
        instead("courtyard.files.service", "readable_streams", lambda _: service.select(
            service.place_right.c.channel_id)),
        ["test_f03_a_file_is_open_to_who_may_read_its_place_now"],
    ),
    "names go into the header as they are": (
        instead("courtyard.files.names", "tidy_line", lambda name: name),
        ["test_f05_a_name_is_no_path_and_no_header"],
    ),
}  # fmt: skip

SCRIPT = "<script>document.title = 'broken'</script>"
RUNNING = {
    "a.svg": f"<svg xmlns='http://www.w3.org/2000/svg'>{SCRIPT}</svg>".encode(),
    "a.html": SCRIPT.encode(),
    "a.xhtml": f"<html xmlns='http://www.w3.org/1999/xhtml'>{SCRIPT}</html>".encode(),
    "a.xml": b"<?xml-stylesheet href='x.xsl' type='text/xsl'?><x/>",
    "a.js": b"alert(1)",
    "a.mht": b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + SCRIPT.encode(),
    "a.pdf": pdf("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"),
    "a": SCRIPT.encode(),
    "utf7.txt": b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    "utf16.html": SCRIPT.encode("utf-16"),
}
HARMLESS = {"text/plain; charset=utf-8", "application/octet-stream", "application/pdf"}


async def _get(person: Any, file: dict[str, Any], expect: int = 200) -> Any:
    return await person.ask("GET", f"/api/files/{file['id']}/content", expect)


@pytest.mark.parametrize("name", RUNNING)
async def test_f01_what_could_run_is_saved_and_not_shown(house: House, name: str) -> None:
    cy = house.person("cy")
    answer = await _get(cy, await bring(cy, name, RUNNING[name]))
    assert answer.content == RUNNING[name]
    assert answer.headers["content-type"] in HARMLESS
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none';")


TWOFOLD = {
    "gif and script.gif": b"GIF89a/*" + b"\0" * 30 + b"*/=1;alert(1)//",
    "gif and script.js": picture("GIF") + b"/*alert(1)*/",
    "png and page.png": picture()[:40] + SCRIPT.encode(),
    "png and page.html": picture() + SCRIPT.encode(),
    "jpeg and zip.zip": picture("JPEG") + b"PK\5\6" + b"\0" * 18,
    "pdf and page.pdf": b"%PDF-1.4\n" + SCRIPT.encode(),
    "page and pdf.pdf": SCRIPT.encode() + pdf(),
    "photo.png.exe": picture(),
    "page.html.png": SCRIPT.encode(),
    "photo\u202egnp.exe": picture(),
    "script.php\0.png": b"<?php system('id');",
}


@pytest.mark.parametrize("name", TWOFOLD)
async def test_f02_what_is_two_things_is_neither(house: House, name: str) -> None:
    cy = house.person("cy")
    file = await bring(cy, name, TWOFOLD[name])
    assert (file["kind"], file["type"]) == ("other", "application/octet-stream")
    assert (file["has_preview"], file["width"]) == (False, None)
    answer = await _get(cy, file)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert not set(file["name"]) & set("\0\u202e")


async def test_f03_a_file_is_open_to_who_may_read_its_place_now(house: House) -> None:
    bo, cy, zoe = house.person("bo"), house.person("cy"), await house.newcomer("zoe")
    place = await house.group(bo, cy, zoe)
    closed = await house.channel(place.group, bo, cy, zoe)
    file = await bring_to(house, zoe, closed, "a.png", picture())
    paths = [f"/api/files/{file['id']}/{what}" for what in ("content", "preview")]
    paths.append(f"/api/channels/{closed}/files")
    for path in paths:
        for name in ("hal", "dee", "eve", "ada", "gus"):
            await house.person(name).get(path, expect=404)
        for name in ("fay", "anybody"):
            asking = house.anybody() if name == "anybody" else house.person(name)
            await asking.get(path, expect=401)
        for person in (bo, cy, zoe):
            await person.get(path)
    await bo.delete(f"/api/channels/{closed}/people/{zoe.id}")
    for path in paths:
        await zoe.get(path, expect=404)  # also who brought it, once it belongs to the place
        await cy.get(path)


async def test_f03_a_loose_file_is_its_owners_alone(house: House) -> None:
    cy = house.person("cy")
    file = await bring(cy, "a.png", picture())
    for name in ("bo", "dee", "ada", "hal"):
        for what in ("content", "preview"):
            await house.person(name).get(f"/api/files/{file['id']}/{what}", expect=404)


NAMES = [
    "../../../../etc/passwd", "/etc/cron.d/x", "..\\..\\boot.ini", "\\\\host\\share\\x",
    "%2e%2e%2f%2e%2e%2fx", "CON", "aux.txt", "x" * 10_000, "a\r\nset-cookie: x=1", "a\nb",
    'a"; filename=b.html; x="', "a;b", "", "\0", "..", "~", "$(id)", "`id`", "a\u2028b", "file://x",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
async def test_f05_a_name_is_no_path_and_no_header(house: House, name: str) -> None:
    cy = house.person("cy")
    if not name:
        await begin(cy, name, 1, 422)
        return
    file = await bring(cy, name, b"x")
    assert 0 < len(file["name"]) <= 200
    assert not set(file["name"]) & set('/\\\r\n\0\u2028"<>')
    said = (await _get(cy, file)).headers
    assert "set-cookie" not in said
    how, plain, full = said["content-disposition"].split("; ")
    assert (how, plain.count('"')) == ("attachment", 2)
    assert full.startswith("filename*=UTF-8''")
    stored = [path for path in Path(house.settings.data_dir).rglob("*") if path.is_file()]
    assert not [path for path in stored if name.strip("./\\") in path.name and len(name) > 2]


def _zip_bomb(layers: int) -> bytes:
    """Zeros, packed again and again: what tools that unpack by themselves choke on."""
    data = bytes(20_000_000)
    for layer in range(layers):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(4):
                archive.writestr(f"{layer}{number}.zip", data)
        data = out.getvalue()
    return data


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]><l>&c;&x;</l>"""


@pytest.mark.parametrize("name", ["bomb.zip", "bomb.docx", "bomb.xlsx", "laughs.xml", "laughs.svg"])
async def test_f07_what_would_burst_is_kept_and_not_opened(house: House, name: str) -> None:
    cy = house.person("cy")
    data = _zip_bomb(2) if name.startswith("bomb") else LAUGHS
    process = psutil.Process(os.getpid())
    before, started = process.memory_info().rss, time.monotonic()
    file = await bring(cy, name, data)
    assert (file["has_preview"], file["size"]) == (False, len(data))
    assert time.monotonic() - started < 30
    assert process.memory_info().rss - before < 200 * 2**20
    assert (await _get(cy, file)).content == data


async def test_f07_a_page_that_would_draw_for_ever_is_given_up(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "PROCESSOR_SECONDS", 1)
    monkeypatch.setattr(child, "SECONDS", 4)
    cy, started = house.person("cy"), time.monotonic()
    endless = b"0 0 m 200 100 l S\n" * 3_000_000
    body = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(endless), endless)
    data = pdf().replace(b"/MediaBox", b"/Contents 4 0 R /MediaBox")
    data = data.replace(b"xref\n", b"4 0 obj\n" + body + b"\nendobj\nxref\n", 1)
    file = await bring(cy, "endless.pdf", data)
    assert time.monotonic() - started < 20
    assert (file["kind"], file["has_preview"]) == ("pdf", False)
    await cy.get("/api/me")


@pytest.mark.parametrize("name", ["a.png", "a.gif", "a.tiff", "a.psd", "a.mvg", "a"])
async def test_f08_a_bomb_is_never_shown(house: House, name: str) -> None:
    datas = {"a.tiff": picture("TIFF")[:90], "a.psd": b"8BPS\0\1" + b"\xff" * 99,
             "a.mvg": b"push graphic-context\nfill 'url(https://example.org/|id)'"}  # fmt: skip
    cy, started = house.person("cy"), time.monotonic()
    file = await bring(cy, name, datas.get(name, bomb(50_000, 50_000)))
    assert time.monotonic() - started < 10
    assert not file["has_preview"]
    answer = await _get(cy, file)
    assert answer.headers["content-disposition"].startswith("attachment;")
    await cy.get(f"/api/files/{file['id']}/preview", expect=404)


async def test_f10_nothing_is_left_of_a_deleted_file(house: House) -> None:
    cy, place = house.person("cy"), house.world.channels["open"]
    data = os.urandom(3_000_000)
    files = [await bring(cy, "a.png", picture()), await bring(cy, "b.bin", data)]
    [(shown,), (noise,)] = [
        (await house.sql("SELECT blob_id FROM file WHERE id = %s", UUID(file["id"])))[0]
        for file in files
    ]
    said = await attach(house, cy, place, *files)
    async with house.work(cy.id) as uow:
        await service.remove(uow, "message", said)
    await jobs.forget_deleted_files(_context(house), 0)
    left = [str(path) for path in Path(house.settings.data_dir).rglob("*")]
    assert not [path for path in left if str(shown) in path or str(noise) in path]


async def test_f11_what_overlaps_exceeds_or_is_anothers_is_refused(house: House) -> None:
    cy, dee = house.person("cy"), house.person("dee")
    await begin(cy, "x", 100_000_001, 413)
    upload = (await begin(cy, "x", 200_000))["id"]
    await send(cy, upload, 0, b"x" * 100_000)
    await send(cy, upload, 99_999, b"y" * 100_001, 409)
    await send(cy, upload, 100_000, b"y" * 100_001, 422)
    await send(dee, upload, 100_000, b"y" * 100_000, 404)
    await send(dee, str(uuid4()), 0, b"y", 404)
    await house.sql(
        "UPDATE upload SET touched_at = now() - interval '61 minutes' WHERE id = %s", UUID(upload)
    )
    await jobs.give_up_uploads(_context(house), 0)
    await send(cy, upload, 100_000, b"x" * 100_000, 404)
    assert await house.state.blobs.ids(chunks_of(UUID(upload))) == []
