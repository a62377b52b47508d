"""Slack's blocks as Markdown: rich text as people write it today, and what apps compose."""

from collections.abc import Callable
from typing import Any

from courtyard.integrations.slack import emoji, mrkdwn
from courtyard.integrations.slack.fields import Record, mapping, objects, string
from courtyard.integrations.slack.inline import Run, code, link, render
from courtyard.integrations.slack.mrkdwn import Known
from courtyard.integrations.slack.page import Page

_STYLES = ("bold", "italic", "strike")
_BLOCK_LIMIT = 500


def markdown(blocks: list[Record], known: Known) -> str:
    """Blocks as Markdown; kinds without any text (buttons, inputs) leave nothing."""
    page = Page()
    for block in blocks[:_BLOCK_LIMIT]:
        part = Page()
        _BLOCKS.get(string(block, "type"), _unknown)(part, block, known)
        if str(part):
            page.gap()
            page.raw(str(part))
    return str(page)


def _rich_text(page: Page, block: Record, known: Known) -> None:
    for element in objects(block, "elements"):
        kind = string(element, "type")
        if kind == "rich_text_list":
            _list(page, element, known)
        elif kind == "rich_text_quote":
            page.quote(_inline(element, known).rstrip("\n"))
        elif kind == "rich_text_preformatted":
            page.code(_unstyled(element, known), string(element, "language"))
        else:
            text = _inline(element, known)
            page.text(text.removesuffix("\n")) if text.strip("\n") else None


def _list(page: Page, element: Record, known: Known) -> None:
    ordered = string(element, "style") == "ordered"
    depth = min(_number(element, "indent"), 8)
    first = _number(element, "offset") + 1
    for index, item in enumerate(objects(element, "elements")):
        mark = f"{first + index}." if ordered else "-"
        page.item(_inline(item, known).strip("\n"), depth, mark)


def _number(element: Record, key: str) -> int:
    value = element.get(key)
    return min(value, 10**6) if isinstance(value, int) and value > 0 else 0


def _inline(element: Record, known: Known) -> str:
    return render([_run(part, known) for part in objects(element, "elements")])


def _unstyled(element: Record, known: Known) -> str:
    """The text of an element without any marks, for code."""
    return "".join(
        string(part, "text") or string(part, "url") or _shown(part, known)
        for part in objects(element, "elements")
    )


def _run(part: Record, known: Known) -> Run:
    style = mapping(part, "style")
    styles = frozenset(name for name in _STYLES if style.get(name) is True)
    text = string(part, "text")
    if string(part, "type") == "link":
        run = link(string(part, "url"), text)
    elif style.get("code") is True:
        run = code(text)
    else:
        run = Run(text or _shown(part, known))
    return Run(run.text, styles, run.raw)


def _shown(part: Record, known: Known) -> str:
    kind = string(part, "type")
    if kind == "user":
        return known.person(string(part, "user_id"))
    if kind == "channel":
        return known.channel(string(part, "channel_id"))
    if kind == "emoji":
        return emoji.named(string(part, "name"), string(part, "unicode"), part.get("skin_tone"))
    named = {"broadcast": "range", "usergroup": "usergroup_id", "team": "team_id"}.get(kind)
    if named:
        return "@" + string(part, named)
    return string(part, "fallback") or string(part, "value")  # dates and colours


def _text_object(value: Record, known: Known) -> str:
    """A text of an app: in Slack's markup, or plain."""
    text = string(value, "text")
    if string(value, "type") == "mrkdwn":
        return mrkdwn.markdown(text, known)
    page = Page()
    page.text(render([Run(emoji.replace(text))]))
    return str(page)


def _section(page: Page, block: Record, known: Known) -> None:
    for text in (mapping(block, "text"), *objects(block, "fields")):
        _add(page, _text_object(text, known))


def _header(page: Page, block: Record, known: Known) -> None:
    text = mrkdwn.unescaped(string(mapping(block, "text"), "text")).strip()
    page.raw(render([Run(emoji.replace(text), frozenset({"bold"}))]))


def _context(page: Page, block: Record, known: Known) -> None:
    texts = [_text_object(part, known) for part in objects(block, "elements")]
    _add(page, " ".join(text for text in texts if text))


def _image(page: Page, block: Record, known: Known) -> None:
    title = string(mapping(block, "title"), "text") or string(block, "alt_text") or "image"
    run = link(string(block, "image_url"), title)
    page.raw(render([run]))


def _divider(page: Page, block: Record, known: Known) -> None:
    page.raw("---")


def _given(page: Page, block: Record, known: Known) -> None:
    page.raw(string(block, "text"))


def _table(page: Page, block: Record, known: Known) -> None:
    value: Any = block.get("rows")
    rows = [
        [_cell(cell, known) for cell in row[:20] if isinstance(cell, dict)]
        for row in (value[:200] if isinstance(value, list) else [])
        if isinstance(row, list)
    ]
    width = max((len(row) for row in rows), default=0)
    for index, row in enumerate(rows):
        page.raw("| " + " | ".join(row + [""] * (width - len(row))) + " |")
        if index == 0:
            page.raw("|" + " --- |" * width)


def _cell(cell: Record, known: Known) -> str:
    text = string(cell, "text")
    if not text:
        part = Page()
        _rich_text(part, cell, known)
        text = str(part)
    return " ".join(text.split()).replace("|", "\\|")


def _unknown(page: Page, block: Record, known: Known) -> None:
    _add(page, _text_object(mapping(block, "text"), known))
    _add(page, render([Run(string(mapping(block, "title"), "text"))]))


def _add(page: Page, markdown: str) -> None:
    if markdown:
        page.raw(markdown)


_BLOCKS: dict[str, Callable[[Page, Record, Known], None]] = {
    "rich_text": _rich_text,
    "section": _section,
    "header": _header,
    "context": _context,
    "image": _image,
    "divider": _divider,
    "markdown": _given,
    "table": _table,
}
