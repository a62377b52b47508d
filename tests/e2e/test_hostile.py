"""What people have tried: texts that want to be more than text, and a page that lets them (X01,
X05)."""

import re
import unicodedata
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Person
from tests.e2e.house import House
from tests.e2e.steps import feed, message

CORPUS = Path(__file__).parents[2] / "web" / "src" / "features" / "messages" / "hostile.ts"
ACTIVE = (
    "script, iframe, object, embed, form, style, link, base, svg a, img, video, audio, [onload]"
)
LIMIT = 20_000


def hostile(page: Page) -> list[str]:
    """The corpus of the client's own tests, read by the engine that it was written for."""
    source = re.sub(
        r"export const hostile: readonly string\[\]", "const hostile", CORPUS.read_text()
    )
    return [text for text in page.evaluate(f"() => {{ {source}; return hostile }}") if text.strip()]


def seen(text: str) -> bool:
    """Whether there is anything in it to be seen; what has nothing, the server refuses."""
    return any(unicodedata.category(sign)[0] not in "ZC" for sign in text)


def test_hostile_texts_stay_texts(person: Person, house: House) -> None:
    group = house.group("<img src=x onerror=alert(1)>", "bo")
    name = "<script>alert(1)</script>"
    channel = house.ada.channel(group, name, topic='"><img src=https://example.org/p.gif>')
    page = person("ada", "/theme.js")
    corpus = hostile(page)
    assert len(corpus) > 150
    ids = [house.ada.say(channel, text[:LIMIT])[0] for text in corpus if seen(text)]
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    # Around several places, so that each text was on the screen.
    for anchor in ids[20::40]:
        page.goto(f"/c/{channel}?m={anchor}")
        expect(feed(page).get_by_role("article").first).to_be_visible()
        assert feed(page).locator(ACTIVE).count() == 0
        for address in feed(page).locator("a").evaluate_all("all => all.map(a => a.href)"):
            assert re.match(r"(https?|mailto):", address)
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    assert page.get_by_role("banner").locator("img, script").count() == 0
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_visible()
    assert not dialogs


def test_a_link_is_what_it_says(person: Person, house: House) -> None:
    group = house.group("Links")
    general = house.ada.channels(group)["general"]
    house.ada.say(
        general,
        "[https://bank.example](https://example.org/login)",
        "![pixel](https://example.org/p.gif)",
    )
    page = person("ada", f"/c/{general}")
    link = message(page, "bank.example").get_by_role("link")
    expect(link).to_have_attribute("rel", "noopener noreferrer nofollow")
    expect(link).to_have_attribute("target", "_blank")
    expect(message(page, "bank.example")).to_contain_text("(example.org)")
    # A picture from elsewhere is offered, not fetched: the profile fails on foreign requests.
    expect(message(page, "pixel").get_by_role("link")).to_have_attribute(
        "href", "https://example.org/p.gif"
    )


BREACHES = """async () => {
    const seen = []
    addEventListener('securitypolicyviolation', event => seen.push(event.effectiveDirective))
    const inline = document.createElement('script')
    inline.textContent = 'window.broken = true'
    document.body.append(inline)
    // What a debugger asks for may evaluate; what the page does afterwards by itself may not.
    await new Promise(done => setTimeout(done))
    try { new Function('window.broken = true')() } catch { /* as it should be */ }
    try { setTimeout('window.broken = true') } catch { /* the same */ }
    const image = new Image()
    image.src = 'https://example.org/pixel.gif'
    const frame = document.createElement('iframe')
    frame.src = 'https://example.org/'
    document.body.append(image, frame)
    document.body.setAttribute('style', 'background: url(https://example.org/x)')
    await fetch('https://example.org/').catch(() => {})
    const base = document.createElement('base')
    base.href = 'https://example.org/'
    document.head.append(base)
    await new Promise(done => setTimeout(done, 300))
    return { seen: [...new Set(seen)], broken: window.broken === true }
}"""


def test_the_policy_stops_what_gets_in_anyway(person: Person, house: House) -> None:
    page = person("bo", strict=False)
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    result = page.evaluate(BREACHES)
    assert not result["broken"]
    wanted = {"script-src-elem", "script-src", "img-src", "frame-src", "connect-src", "base-uri"}
    assert wanted <= set(result["seen"])
    assert not [url for url in asked if "example.org" in url]
    log = house.server.log
    for directive in ("img-src", "script-src-elem", "connect-src"):
        _reported(page, log, directive)


def _reported(page: Page, log: Path, directive: str) -> None:
    """The breach stands in the server's log; the browser sends its reports when it likes."""
    for _ in range(100):
        lines = log.read_text().splitlines()
        if any("csp_breached" in line and f'"{directive}"' in line for line in lines):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{directive} was not reported")
