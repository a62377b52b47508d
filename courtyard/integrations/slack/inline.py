"""Runs of styled text, written as Markdown."""

import re
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

_MARKS = (("strike", "~~"), ("bold", "**"), ("italic", "_"))
_LINKED = ("http", "https", "mailto")
# An address that stays whole when it stands in a text without brackets around it.
_PLAIN_URL = re.compile(r"https?://(?:[A-Za-z0-9./:?=&%#@,;+-]|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9]))+")
_OUTSIDE = ".,:;!?\"'"
_TICKS = re.compile(r"`+")
_SPECIAL = re.compile(
    r"""
    \\(?=[!-/:-@[-`{-~\n]|\Z)                   # a backslash that would escape
    | (?<=\S)\* | \*(?=\S)                      # stars that touch a word
    | (?<![^\W_])_ | _(?![^\W_])                # underscores at the edge of a word
    | ~(?=~) | (?<=~)~ | `
    | \[(?=[^\]\[\n]{0,999}\][(:\[])            # what would be a link
    | <(?=[^\s<>:@]{1,64}[:@][^\s<>]{0,999}>)   # what would be an address
    | &(?=\#?\w{1,32};)                         # what would be an entity
    """,
    re.VERBOSE,
)


@dataclass(slots=True, frozen=True)
class Run:
    """A stretch of text in one style. `raw` is Markdown already and stands for itself."""

    text: str
    styles: frozenset[str] = frozenset()
    raw: bool = False


def render(runs: list[Run], marks: tuple[tuple[str, str], ...] = _MARKS) -> str:
    """The runs as Markdown: neighbours of one style share one pair of marks."""
    if not marks:
        return "".join(run.text if run.raw else escape(run.text) for run in runs)
    (style, mark), rest = marks[0], marks[1:]
    parts = [
        (on, render(list(group), rest))
        for on, group in groupby(runs, key=lambda run: style in run.styles)
    ]
    written = ""
    for index, (on, part) in enumerate(parts):
        after = parts[index + 1][1][:1] if index + 1 < len(parts) else ""
        written += _wrapped(part, mark, written[-1:], after) if on else part
    return written


def _wrapped(text: str, mark: str, before: str, after: str) -> str:
    """Each line of the text between marks, so placed that Markdown takes them for marks."""
    lines = text.split("\n")
    last = len(lines) - 1
    return "\n".join(
        _wrapped_line(line, mark, before if n == 0 else "", after if n == last else "")
        for n, line in enumerate(lines)
    )


def _wrapped_line(line: str, mark: str, before: str, after: str) -> str:
    core = line.strip()
    if not core:
        return line
    lead, tail = line[: line.index(core)], line[line.index(core) + len(core) :]
    if not tail and after.isalnum():
        bare = core.rstrip(_OUTSIDE)
        core, tail = (bare, core[len(bare) :]) if bare and bare[-1] != "\\" else (core, tail)
    touching = (not lead and before.isalnum()) or (not tail and after.isalnum())
    mark = "*" if mark == "_" and touching else mark
    return f"{lead}{mark}{core}{mark}{tail}"


def escape(text: str) -> str:
    """Text in which nothing means anything to Markdown (beginnings of lines aside)."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def code(text: str) -> Run:
    """Inline code, one span per line; its ticks are more than any inside."""
    return Run("\n".join(_span(line) for line in text.split("\n")), raw=True)


def _span(text: str) -> str:
    if not text.strip():
        return text
    ticks = {len(run) for run in _TICKS.findall(text)}
    mark = "`" * next(n for n in range(1, len(ticks) + 2) if n not in ticks)
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{mark}{pad}{text}{pad}{mark}"


def link(url: str, label: str) -> Run:
    """A link. An address nobody should follow stays text."""
    shown = " ".join(label.split())
    if _scheme(url) not in _LINKED:
        return Run(shown or url)
    address = url.removeprefix("mailto:")
    if address != url and shown in ("", address):
        return Run(address)
    if shown in ("", url):
        return Run(url if _stands_alone(url) else f"<{_bracketed(url)}>", raw=True)
    return Run(f"[{_label(shown)}]({_target(url)})", raw=True)


def _scheme(url: str) -> str:
    try:
        return urlsplit(url).scheme.lower()
    except ValueError:
        return ""


def _stands_alone(url: str) -> bool:
    return bool(_PLAIN_URL.fullmatch(url)) and url[-1] not in ".,:;?"


def _label(text: str) -> str:
    # A bracket inside would end the label.
    return re.sub(r"(?<!\\)([\[\]])", r"\\\1", escape(text))


def _target(url: str) -> str:
    safe = _bracketed(url)
    return f"<{safe}>" if set("()\\ ") & set(safe) else safe


def _bracketed(url: str) -> str:
    return url.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E").replace("\n", "%0A")
