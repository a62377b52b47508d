"""Slack's markup as Markdown."""

import re
from dataclasses import dataclass, field

from courtyard.integrations.slack import emoji
from courtyard.integrations.slack.fields import clean
from courtyard.integrations.slack.inline import Run, code, link, render
from courtyard.integrations.slack.page import Page

_PRE = re.compile(r"```(.+?)```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_REFERENCE = re.compile(r"<([^<>\n]{1,4000})>")
_KEPT = re.compile("\x02(\\d+)\x03")
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
_QUOTE_REST = re.compile(r"^(?:&gt;|>){3} ?")
# A pair of marks at the edges of words. The bound keeps a line of lone marks cheap to read.
_PAIR = (
    r"(?<![^\W_]){m}(?![\s{m}])"
    r"((?:[^{m}]|(?<=[^\W_]){m}(?=[^\W_])){{1,2000}}?)"
    r"(?<!\s){m}(?![^\W_]|{m})"
)
_STYLED = re.compile(
    "|".join(
        (
            "(?<!\\*)" + _PAIR.format(m="\\*"),
            "(?<!_)" + _PAIR.format(m="_"),
            "(?<!~)" + _PAIR.format(m="~"),
        )
    )
)
_STYLES = ("bold", "italic", "strike")


@dataclass(slots=True)
class Known:
    """What ids stand for: names of people and channels."""

    people: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)

    def person(self, user_id: str, label: str = "") -> str:
        """A mention of a person or bot."""
        return "@" + (self.people.get(user_id) or label.removeprefix("@") or user_id)

    def channel(self, channel_id: str, label: str = "") -> str:
        """A mention of a channel."""
        return "#" + (self.channels.get(channel_id) or label.removeprefix("#") or channel_id)


def markdown(text: str, known: Known) -> str:
    """A text in Slack's markup as Markdown."""
    page = Page()
    write(page, text, known)
    return str(page)


def write(page: Page, text: str, known: Known) -> None:
    """Adds a text in Slack's markup to a page."""
    parts = _PRE.split(clean(text))
    last = len(parts) - 1
    for index, part in enumerate(parts):
        if index % 2:
            page.code(unmarked(part, known))
            continue
        # The line ends around a code block belong to the block.
        after = part.lstrip(" \t").removeprefix("\n") if index else part
        between = after.rstrip(" \t").removesuffix("\n") if index < last else after
        if between.strip():
            _lines(page, between, known)


def _lines(page: Page, text: str, known: Known) -> None:
    to_the_end = None
    for line in text.split("\n"):
        to_the_end = to_the_end or _QUOTE_REST.match(line)
        mark = _QUOTE_REST.match(line) or (None if to_the_end else _QUOTE.match(line))
        rendered = render(inline(line[mark.end() :] if mark else line, known))
        if mark or to_the_end:
            page.quote(rendered)
        else:
            page.text(rendered)


def inline(line: str, known: Known) -> list[Run]:
    """One line of markup as runs."""
    kept: list[Run] = []

    def keep(run: Run) -> str:
        kept.append(run)
        return f"\x02{len(kept) - 1}\x03"

    line = _CODE.sub(lambda found: keep(code(unmarked(found[1], known))), line)
    line = _REFERENCE.sub(lambda found: keep(_reference(found[1], known)), line)
    return _styled(line, frozenset(), kept)


def _styled(text: str, styles: frozenset[str], kept: list[Run]) -> list[Run]:
    runs: list[Run] = []
    at = 0
    for found in _STYLED.finditer(text):
        index, inner = next((n, part) for n, part in enumerate(found.groups()) if part is not None)
        style = _STYLES[index]
        if style in styles:
            continue
        runs += _plain(text[at : found.start()], styles, kept)
        runs += _styled(inner, styles | {style}, kept)
        at = found.end()
    return runs + _plain(text[at:], styles, kept)


def _plain(text: str, styles: frozenset[str], kept: list[Run]) -> list[Run]:
    runs: list[Run] = []
    for index, part in enumerate(_KEPT.split(text)):
        if index % 2:
            run = kept[int(part)]
            runs.append(Run(run.text, styles, run.raw))
        elif part:
            runs.append(Run(emoji.replace(unescaped(part)), styles))
    return runs


def _reference(body: str, known: Known) -> Run:
    target, _, label = body.partition("|")
    label = unescaped(label)
    if target[:1] in ("@", "#", "!"):
        return Run(_mention(target, label, known) or f"<{unescaped(body)}>")
    if ":" not in target:
        return Run(f"<{unescaped(body)}>")
    return link(unescaped(target), emoji.replace(label))


def _mention(target: str, label: str, known: Known) -> str:
    kind, name = target[0], target[1:]
    if kind == "@":
        return known.person(name, label)
    if kind == "#":
        return known.channel(name, label)
    command, _, argument = name.partition("^")
    if command in ("here", "channel", "everyone", "group"):
        return "@" + command
    if command == "subteam":
        return "@" + (label or argument).removeprefix("@")
    return label  # <!date^…|the date in words>, and commands that are no more


def unmarked(text: str, known: Known) -> str:
    """A text as it is seen inside code: references by what they show, nothing else changed."""

    def shown(found: re.Match[str]) -> str:
        target, _, label = found[1].partition("|")
        if target[:1] in ("@", "#", "!"):
            return _mention(target, label, known) or found[0]
        return (label or target) if ":" in target else found[0]

    return unescaped(_REFERENCE.sub(shown, text))


def unescaped(text: str) -> str:
    """The three characters that Slack escapes, as themselves."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def line(text: str, known: Known) -> str:
    """A text in Slack's markup as one line without marks: for topics."""
    return " ".join(emoji.replace(unmarked(clean(text), known)).split())
