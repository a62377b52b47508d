"""Lines of Markdown put together so that each stays what it is."""

import re
from typing import Literal

Kind = Literal["text", "quote", "list", "code"]

_HEADING = re.compile(r"^( {0,3})(#{1,6})(?=\s|$)")
_RULE = re.compile(r"^( {0,3})([-=])(?=[-= ]*$)")
_PLUS = re.compile(r"^( {0,3})\+(?=\s)")
_INDENT = re.compile(r"^(?: {4,}|\t+)")
_BULLET = re.compile(r"^(\s*)[•◦▪▪︎‣]\s+")
_ITEM = re.compile(r"^\s*(?:[-*]|\d{1,9}[.)])\s+\S")
_FENCE = re.compile(r"`{3,}")
_LANGUAGE = re.compile(r"[A-Za-z0-9+#.-]{1,20}")


class Page:
    """Collects lines with their kind and writes them as one text."""

    def __init__(self) -> None:
        self._lines: list[tuple[Kind, str]] = []

    @property
    def empty(self) -> bool:
        """Whether nothing was added."""
        return not self._lines

    def text(self, rendered: str) -> None:
        """Adds lines of rendered inline text, recognising items of a typed list."""
        for line in rendered.split("\n"):
            bullet = _BULLET.match(line)
            if bullet:
                depth = min(len(bullet[1].expandtabs(4)) // 2, 3)
                self._add("list", "    " * self._depth(depth) + "- " + line[bullet.end() :])
            elif _ITEM.match(line):
                self._add("list", line if self._last == "list" else line.lstrip())
            else:
                self._add("text", literal(line))

    def quote(self, rendered: str) -> None:
        """Adds quoted lines."""
        for line in rendered.split("\n"):
            self._add("quote", f"> {literal(line)}".rstrip())

    def item(self, rendered: str, depth: int, mark: str) -> None:
        """Adds an item of a list at a depth from 0; `mark` is "-" or a number with a dot."""
        indent = "    " * self._depth(depth)
        first, *others = rendered.split("\n")
        self._add("list", f"{indent}{mark} {literal(first)}")
        for line in others:
            self._add("list", f"{indent}{' ' * (len(mark) + 1)}{literal(line)}".rstrip())

    def code(self, code: str, language: str = "") -> None:
        """Adds a code block; its fence is longer than any in the code."""
        fence = "`" * (max((len(run) for run in _FENCE.findall(code)), default=2) + 1)
        named = language if _LANGUAGE.fullmatch(language) else ""
        body = code.removeprefix("\n").removesuffix("\n")
        for line in (fence + named, *body.split("\n"), fence):
            self._add("code", line)

    def raw(self, markdown: str) -> None:
        """Adds lines that are Markdown already."""
        for line in markdown.split("\n"):
            self._add("text", line)

    def gap(self) -> None:
        """Begins a new paragraph, unless the page is empty."""
        if self._lines:
            self._add("text", "")

    def __str__(self) -> str:
        written: list[str] = []
        before: Kind = "text"
        for kind, line in self._lines:
            # Without an empty line between, Markdown draws the next line into quote or item.
            if before in ("quote", "list") and kind != before and line and written[-1]:
                written.append("")
            written.append(line)
            before = kind
        return "\n".join(written).strip("\n").rstrip()

    @property
    def _last(self) -> Kind | None:
        return self._lines[-1][0] if self._lines else None

    def _depth(self, wanted: int) -> int:
        """At most one deeper than the item before; the first item stands at the margin."""
        if self._last != "list":
            return 0
        line = self._lines[-1][1]
        return min(wanted, (len(line) - len(line.lstrip())) // 4 + 1)

    def _add(self, kind: Kind, line: str) -> None:
        self._lines.append((kind, line))


def literal(line: str) -> str:
    """A line whose beginning means nothing to Markdown: no heading, rule, list or code."""
    line = _HEADING.sub(r"\1\\\2", line)
    line = _RULE.sub(r"\1\\\2", line)
    line = _PLUS.sub(r"\1\\+", line)
    # Four spaces would make it code; hard spaces keep the look.
    return _INDENT.sub(lambda found: "\u00a0" * len(found[0].expandtabs(4)), line)
