"""Files: brought, seen by the others, found again."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e import axe
from tests.e2e.conftest import Person
from tests.e2e.house import House
from tests.e2e.steps import act, channel_row, composer, feed, send, shut
from tests.uploading import pdf

CHUNK = 2 * 2**20
BYTES = "application/octet-stream"


def photo(width: int, height: int, colour: str) -> bytes:
    """A picture with some life in it."""
    image = Image.linear_gradient("L").resize((width, height))
    tinted = Image.merge("RGB", (image, image, image))
    tinted.paste(Image.new("RGB", (width // 2, height // 2), colour), (width // 4, height // 4))
    out = io.BytesIO()
    tinted.save(out, "JPEG")
    return out.getvalue()


def payload(name: str, data: bytes, media: str = BYTES) -> Any:
    """A file as the picker gives it."""
    return {"name": name, "mimeType": media, "buffer": data}


def drafts(page: Page) -> Locator:
    """The cards above the field."""
    return page.get_by_role("list", name="Files to send").get_by_role("listitem")


def draft(page: Page, name: str) -> Locator:
    """One of them."""
    return drafts(page).filter(has_text=name)


def pick(page: Page, *files: Any) -> None:
    """By the plus beside the field."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add files").click()
    chooser.value.set_files(list(files))


def drop(page: Page, folder: Path, **files: bytes) -> None:
    """Drags files over the page and lets go of them on the talk."""
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('input'),"
        " {type: 'file', id: 'hand', multiple: true, hidden: true}))"
    )
    paths = []
    for name, data in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(data)
        paths.append(path)
    page.locator("#hand").set_input_files(paths)
    hand = page.evaluate_handle(
        """() => {
            const data = new DataTransfer()
            for (const file of document.querySelector('#hand').files) data.items.add(file)
            document.querySelector('#hand').remove()
            return data
        }"""
    )
    page.dispatch_event("body", "dragenter", {"dataTransfer": hand})
    target = page.get_by_role("region", name="Let go of files here")
    expect(target).to_contain_text("Bring it to general")
    target.dispatch_event("drop", {"dataTransfer": hand})
    expect(target).to_have_count(0)


def test_five_files_are_dropped_and_the_line_breaks(
    person: Person, house: House, tmp_path: Path
) -> None:
    group = house.group("Deliveries", "bo")
    general = house.ada.channels(group)["general"]
    house.people["bo"].say(general, "Please send me the pages.")
    ada, bo = person("ada", f"/c/{general}"), person("bo", f"/c/{general}")
    expect(composer(ada)).to_be_visible()
    offsets: list[str] = []

    # The second piece of the large file never arrives: the line is cut under it.
    def piece(route: Route) -> None:
        offsets.append(route.request.headers.get("upload-offset", ""))
        if offsets[-1] == str(CHUNK) and offsets.count(str(CHUNK)) == 1:
            ada.context.set_offline(offline=True)
            route.abort("internetdisconnected")
        else:
            route.continue_()

    ada.route(
        "**/api/uploads/*",
        lambda route: piece(route) if route.request.method == "PATCH" else route.continue_(),
    )
    drop(
        ada,
        tmp_path,
        ward__jpg=photo(1200, 800, "teal"),
        plan__pdf=pdf(),
        allergy__py=b"def segments(msg):\n    return msg.allergies\n",
        wrong__bin=b"\x00\x01" * 4000,
        archive__bin=bytes(range(256)) * (3 * CHUNK // 256),
    )
    expect(drafts(ada)).to_have_count(5)
    expect(draft(ada, "archive.bin")).to_contain_text("waits for the line")
    draft(ada, "wrong.bin").get_by_role("button", name="Remove wrong.bin").click()
    expect(drafts(ada)).to_have_count(4)
    # What is said now waits in the field for its files.
    composer(ada).fill("Here they are.")
    composer(ada).press("Enter")
    expect(ada.get_by_role("status").filter(has_text="Waits for the files")).to_be_visible()
    expect(composer(ada)).to_have_value("Here they are.")
    ada.context.set_offline(offline=False)
    sent = feed(ada).get_by_role("article").filter(has_text="Here they are.")
    expect(sent.get_by_role("link", name="Download archive.bin")).to_be_visible(timeout=30_000)
    expect(drafts(ada)).to_have_count(0)
    expect(composer(ada)).to_have_value("")
    # It went on from what had arrived: the first piece came once.
    assert str(2 * CHUNK) in offsets
    seen = feed(bo).get_by_role("article").filter(has_text="Here they are.")
    for name in ("plan.pdf", "allergy.py", "archive.bin"):
        expect(seen.get_by_text(name, exact=True)).to_be_visible()
    expect(seen.get_by_text("wrong.bin")).to_have_count(0)
    picture = seen.get_by_role("button", name="Open ward.jpg").get_by_role("presentation")
    expect(picture).to_have_js_property("complete", value=True)
    assert picture.evaluate("image => image.naturalWidth") > 0
    seen.get_by_role("button", name="Show allergy.py").click()
    expect(seen.locator("pre")).to_contain_text("return msg.allergies")
    with bo.expect_download() as saved:
        seen.get_by_role("link", name="Download archive.bin").click()
    assert saved.value.suggested_filename == "archive.bin"
    assert Path(saved.value.path()).stat().st_size == 3 * CHUNK
    axe.clean(bo)
    # A deleted message takes its files along.
    ada.mouse.move(0, 0)
    act(ada, "Here they are.", "Delete")
    ada.get_by_role("alertdialog").get_by_role("button", name="Delete message").click()
    expect(bo.get_by_role("link", name="Download archive.bin")).to_have_count(0)


def test_the_gallery_by_keyboard(person: Person, house: House) -> None:
    general = house.ada.channels(house.group("Pictures"))["general"]
    ada = person("ada", f"/c/{general}")
    names = ("one.jpg", "two.jpg", "three.jpg")
    sizes = ((900, 600), (600, 900), (2000, 500))
    pick(
        ada,
        *(
            payload(name, photo(*size, "peru"), "image/jpeg")
            for name, size in zip(names, sizes, strict=True)
        ),
    )
    expect(drafts(ada)).to_have_count(3)
    axe.clean(ada)
    # Without a word.
    ada.get_by_role("button", name="Send", exact=True).click()
    opener = feed(ada).get_by_role("button", name="Open two.jpg")
    expect(opener).to_be_visible()
    opener.click()
    # Its code comes with the first picture: keys are heard once it has the focus.
    shut(ada, ada.get_by_role("dialog", name="two.jpg"))
    expect(opener).to_be_focused()
    ada.keyboard.press("Enter")
    gallery = ada.get_by_role("dialog", name="two.jpg")
    expect(gallery).to_contain_text("2 of 3")
    expect(gallery).to_contain_text("Ada Okafor")
    axe.clean(ada)
    ada.keyboard.press("ArrowRight")
    expect(ada.get_by_role("dialog", name="three.jpg")).to_contain_text("3 of 3")
    ada.keyboard.press("ArrowRight")
    expect(ada.get_by_role("dialog", name="three.jpg")).to_be_visible()
    ada.keyboard.press("Home")
    image = ada.get_by_role("dialog", name="one.jpg").get_by_role("img", name="one.jpg")
    before = image.bounding_box()
    ada.keyboard.press("+")
    after = image.bounding_box()
    assert before and after and after["width"] > before["width"]
    ada.keyboard.press("Escape")
    expect(ada.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_files_stay_with_the_draft(person: Person, house: House) -> None:
    group = house.group("Desks")
    first = house.ada.channels(group)["general"]
    house.ada.channel(group, "elsewhere")
    ada = person("ada", f"/c/{first}")
    pick(ada, payload("notes.txt", b"Bring the list.\n", "text/plain"))
    expect(draft(ada, "notes.txt")).to_be_visible()
    channel_row(ada, "elsewhere").click()
    expect(ada.get_by_role("heading", name="elsewhere", level=1)).to_be_visible()
    expect(drafts(ada)).to_have_count(0)
    channel_row(ada, "general").click()
    expect(draft(ada, "notes.txt")).to_be_visible()


def test_a_file_that_is_too_large_says_so(person: Person, house: House, tmp_path: Path) -> None:
    general = house.ada.channels(house.group("Lorries"))["general"]
    ada = person("ada", f"/c/{general}")
    large = tmp_path / "film.bin"
    with large.open("wb") as file:
        file.truncate(100 * 10**6 + 1)
    pick(ada, large)
    expect(draft(ada, "film.bin").get_by_role("alert")).to_have_text(
        "Files may have up to 100 MB here."
    )
    expect(ada.get_by_role("button", name="Try film.bin again")).to_be_visible()


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_files_of_a_place(person: Person, house: House, width: str) -> None:
    general = house.ada.channels(house.group(f"Shelves {width}"))["general"]
    ada = person("ada", f"/c/{general}", width=width)
    pick(
        ada,
        payload("map.jpg", photo(800, 600, "olive"), "image/jpeg"),
        payload("notes.txt", b"Bring the list.\n", "text/plain"),
    )
    send(ada, "Both for the shelf.")
    expect(feed(ada).get_by_text("notes.txt")).to_be_visible()
    people = ada.get_by_role("button", name=re.compile(r"^\d+ (person|people)"))
    people.click()
    ada.get_by_role("radio", name="Files").click()
    files = ada.get_by_role("list", name="Files").get_by_role("listitem")
    expect(files).to_have_count(2)
    axe.clean(ada)
    ada.get_by_role("combobox", name="Kind of file").select_option("text")
    expect(files).to_have_count(1)
    ada.get_by_role("searchbox", name="Search by name").fill("map")
    expect(ada.get_by_text("Nothing found")).to_be_visible()
    ada.get_by_role("combobox", name="Kind of file").select_option("all")
    expect(files).to_have_count(1)
    opener = files.get_by_role("button", name="Open map.jpg")
    opener.click()
    shut(ada, ada.get_by_role("dialog", name="map.jpg"))
    expect(opener).to_be_focused()
    ada.get_by_role("link", name="Show map.jpg in talk").click()
    expect(ada).to_have_url(re.compile(r"\?m="))
    expect(feed(ada).get_by_text("Both for the shelf.")).to_be_visible()
