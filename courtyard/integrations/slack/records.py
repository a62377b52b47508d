"""A JSON list as a stream of its records: memory for one record, not for the file."""

import codecs
import json
from collections.abc import Callable, Iterator
from typing import Any

CHUNK = 64 * 1024
RECORD_LIMIT = 8 * 1024 * 1024

# Fractions stay text: a timestamp read as a float would lose its microseconds.
_JSON = json.JSONDecoder(parse_float=str, strict=False)
_SPACE = " \t\r\n"


class Malformed(Exception):
    """The bytes are no JSON list; the message says in a few words what they are."""


def records(read: Callable[[int], bytes]) -> Iterator[Any]:
    """The elements of the list that `read(size)` delivers; nothing for an empty file or `null`.

    Raises Malformed. Elements before the broken place have been yielded then.
    """
    text = _Text(read)
    try:
        if text.peek() == "n" and text.value() is None:
            return
        yield from _elements(text)
        if text.peek():
            raise Malformed("goes on after its end")
    except UnicodeDecodeError:
        raise Malformed("is not UTF-8") from None
    except RecursionError:
        raise Malformed("nests too deeply") from None
    except ValueError:
        raise Malformed("is not valid JSON, or was cut off") from None


def _elements(text: "_Text") -> Iterator[Any]:
    opening = text.take()
    if not opening:
        return
    if opening != "[":
        raise Malformed("is not a list")
    if text.peek() == "]":
        text.take()
        return
    while True:
        yield text.value()
        following = text.take()
        if following == "]":
            return
        if following != ",":
            raise ValueError


class _Text:
    """Decoded text with a place in it, fetched as it is needed."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._decode = codecs.getincrementaldecoder("utf-8-sig")().decode
        self._buffer = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def take(self) -> str:
        """The same, moving past it."""
        found = self.peek()
        self._at += len(found)
        return found

    def value(self) -> Any:
        """The value that begins here. Raises ValueError when there is none."""
        self.peek()
        while True:
            try:
                value, end = _JSON.raw_decode(self._buffer, self._at)
            except ValueError:
                if len(self._buffer) - self._at > RECORD_LIMIT or not self._more():
                    raise
                continue
            if end == len(self._buffer) and self._more():
                continue  # a number may go on in what has just been read
            self._at = end
            return value

    def _more(self) -> bool:
        if self._ended:
            return False
        # As much again as is waiting, so that a long record is not parsed over and over.
        data = self._read(max(CHUNK, len(self._buffer) - self._at))
        self._ended = not data
        self._buffer = self._buffer[self._at :] + self._decode(data, not data)
        self._at = 0
        return True
