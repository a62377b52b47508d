"""The formatted field: what one sees while writing is what the others get."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.axe import clean
from tests.e2e.conftest import Person
from tests.e2e.house import House
from tests.e2e.steps import composer, feed


def formatted(page: Page) -> Locator:
    """The field, once it is the formatted one: asked for by its button."""
    page.get_by_role("button", name="Formatting").click()
    field = page.locator(".rich[role=textbox]")
    expect(field).to_be_focused()
    expect(composer(page)).to_have_count(1)
    return field


def paste(field: Locator, **types: str) -> None:
    """Pastes, as if it had been copied elsewhere; types are written with _ for /."""
    field.evaluate(
        """(element, types) => {
            const clipboardData = new DataTransfer()
            for (const [type, text] of Object.entries(types)) {
                clipboardData.setData(type.replace('_', '/'), text)
            }
            const init = { clipboardData, bubbles: true, cancelable: true }
            element.dispatchEvent(new ClipboardEvent('paste', init))
        }""",
        types,
    )


def last(page: Page) -> Locator:
    """The newest message."""
    return feed(page).get_by_role("article").last


def test_what_is_written_formatted_arrives_so(person: Person, house: House) -> None:
    group = house.group("Rich", "bo")
    general = house.ada.channels(group)["general"]
    ada, bo = person("ada", f"/c/{general}"), person("bo", f"/c/{general}")
    field = formatted(ada)
    keys = ada.keyboard
    keys.type("Now **bold** and *soft* and `code`, 2*3*4 stays")
    expect(field.locator("strong")).to_have_text("bold")
    expect(field.locator("em")).to_have_text("soft")
    keys.press("Enter")
    expect(field).to_have_text("")
    expect(last(bo).locator("strong")).to_have_text("bold")
    expect(last(bo).locator("em")).to_have_text("soft")
    expect(last(bo).locator("code")).to_have_text("code")
    expect(last(bo)).to_contain_text("2*3*4 stays")
    # A list goes on with Enter, an empty line ends it; then Enter sends again.
    keys.type("- first")
    keys.press("Enter")
    keys.type("[ ] second")
    expect(field.get_by_role("checkbox")).not_to_be_checked()
    keys.press("Tab")
    keys.press("Enter")
    keys.type("third")
    keys.press("Control+Enter")
    expect(last(bo).locator("ul ul li")).to_have_count(2)
    expect(last(bo).get_by_role("img", name="To do:")).to_have_count(2)
    # Code keeps its lines and its language.
    keys.type("```py ")
    expect(field.get_by_role("combobox")).to_have_value("py")
    keys.type("def a():")
    keys.press("Enter")
    keys.type("  return 1")
    keys.press("Control+Enter")
    expect(last(bo).locator("pre code")).to_have_text("def a():\n  return 1")
    expect(last(bo)).to_contain_text("Python")
    # A quote of two lines.
    keys.type("> one")
    keys.press("Shift+Enter")
    keys.type("two")
    keys.press("Enter")
    expect(last(bo).locator("blockquote")).to_contain_text("one")
    expect(last(bo).locator("blockquote")).to_contain_text("two")


def test_the_bar_formats_the_chosen_words_by_keyboard(person: Person, house: House) -> None:
    group = house.group("Bar", "bo")
    general = house.ada.channels(group)["general"]
    ada, bo = person("ada", f"/c/{general}"), person("bo", f"/c/{general}")
    # Asked for in the plain field by a chord, with words chosen: they become bold.
    composer(ada).fill("call @everyone now")
    composer(ada).press("End")
    for _ in range(3):
        ada.keyboard.press("Shift+ArrowLeft")
    ada.keyboard.press("Control+b")
    field = ada.locator(".rich[role=textbox]")
    expect(field.locator("strong")).to_have_text("now")
    expect(field).to_be_focused()
    bar = ada.get_by_role("toolbar", name="Formatting")
    expect(bar.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "true")
    clean(ada)
    ada.keyboard.press("Control+b")
    expect(bar.get_by_role("button", name="Bold")).to_have_attribute("aria-pressed", "false")
    ada.keyboard.press("Control+i")
    ada.keyboard.press("Control+Shift+X")
    expect(field.locator("em s, s em")).to_have_text("now")
    ada.keyboard.press("Control+k")
    address = ada.get_by_role("textbox", name="Address")
    expect(address).to_be_focused()
    clean(ada)
    address.fill("not an address")
    address.press("Enter")
    expect(address).to_have_attribute("aria-invalid", "true")
    address.fill("intranet.example/rota")
    address.press("Enter")
    expect(field.locator("a")).to_have_attribute("href", "https://intranet.example/rota")
    expect(field).to_be_focused()
    ada.keyboard.press("Enter")
    expect(last(bo).get_by_role("link", name="now")).to_be_visible()


def test_pasting_keeps_what_a_message_can_hold(person: Person, house: House) -> None:
    group = house.group("Paste", "bo")
    general = house.ada.channels(group)["general"]
    ada, bo = person("ada", f"/c/{general}"), person("bo", f"/c/{general}")
    field = formatted(ada)
    page = (
        "<style>p{color:red}</style><h2>Rota</h2><p onclick='alert(1)'>With <b>care</b>, "
        "<span style='font-style:italic'>softly</span>, <a href='javascript:alert(1)'>no</a> "
        "<a href='https://a.example/'>yes</a><img src='https://evil.example/x.png'></p>"
        "<ul><li>one<ul><li>two</li></ul></li></ul><script>alert(1)</script>"
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    paste(field, text_html=page, text_plain="Rota")
    expect(field.locator("img, script, style")).to_have_count(0)
    ada.keyboard.press("Control+Enter")
    expect(last(bo).locator("strong")).to_have_text("care")
    expect(last(bo).locator("em")).to_have_text("softly")
    expect(last(bo).get_by_role("link")).to_have_count(1)
    expect(last(bo).locator("ul ul li")).to_have_text("two")
    expect(last(bo).get_by_role("cell", name="2")).to_be_visible()
    # Markdown is read as it would be when sent; an address on words makes them a link.
    paste(field, text_plain="**strong** words")
    expect(field.locator("strong")).to_have_text("strong")
    ada.keyboard.press("Shift+Home")
    paste(field, text_plain="https://b.example/")
    expect(field.locator("a").first).to_have_attribute("href", "https://b.example/")


def test_one_draft_for_both_fields(person: Person, house: House) -> None:
    group = house.group("Draft", "bo")
    general = house.ada.channels(group)["general"]
    ada = person("ada", f"/c/{general}")
    composer(ada).fill("plain and **bold** ")
    field = formatted(ada)
    expect(field.locator("strong")).to_have_text("bold")
    # The caret is where it was, and the last blank was kept.
    ada.keyboard.type("words")
    expect(field).to_have_text("plain and bold words")
    ada.keyboard.press("Control+a")
    expect(ada.get_by_role("toolbar", name="Formatting")).to_be_visible()
    ada.reload()
    expect(field.locator("strong")).to_have_text("bold")
    expect(field).to_have_text("plain and bold words")
    # Back to the plain field, which then stays after a reload.
    ada.get_by_role("button", name="Formatting").click()
    expect(ada.locator("textarea")).to_have_value("plain and **bold** words")
    ada.reload()
    expect(ada.locator("textarea")).to_have_value("plain and **bold** words")
    expect(field).to_have_count(0)


def test_names_are_completed_in_the_formatted_field(person: Person, house: House) -> None:
    group = house.group("Names", "bo")
    general = house.ada.channels(group)["general"]
    house.ada.say(general, "The first word.")
    ada, bo = person("ada", f"/c/{general}"), person("bo", f"/c/{general}")
    field = formatted(ada)
    ada.keyboard.type("ask **@bo")
    expect(ada.get_by_role("option").first).to_contain_text("Bo")
    clean(ada)
    ada.keyboard.press("Enter")
    expect(field.locator("[data-mention]")).to_contain_text("Bo")
    ada.keyboard.type("please")
    ada.keyboard.press("Enter")
    expect(last(bo)).to_contain_text(re.compile(r"ask \*\*@Bo.* please"))
    # ↑ in the empty field changes what was said last.
    ada.keyboard.press("ArrowUp")
    expect(ada.get_by_role("textbox", name="Edit message")).to_be_focused()
