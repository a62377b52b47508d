"""The key ring and the envelope: bound to a place, closed without the key."""

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtyard.core import crypto
from courtyard.core.crypto import KeyRing, Unreadable, plain
from courtyard.core.errors import StartupError
from courtyard.core.ids import new_id
from tests.mutants import instead

MUTANTS = {
    "an envelope opens anywhere": (
        instead("courtyard.core.crypto", "_place", lambda *_: b""),
        ["test_moved_to_another_place_it_does_not_open"],
    ),
    "a damaged ring is made anew": (
        instead("courtyard.core.crypto.KeyRing", "load", lambda _: KeyRing({1: bytes(32)}, 1)),
        ["test_a_damaged_ring_stops_the_start_and_is_left_as_it_is"],
    ),
}

ROW = new_id()
RING = KeyRing({1: bytes(32), 2: b"\x02" * 32}, 2)


@given(st.text())
def test_what_was_sealed_opens_in_its_place(text: str) -> None:
    sealed = RING.seal(text, "message", "text", ROW)
    assert RING.open(sealed, "message", "text", ROW) == text
    assert RING.open(plain(text), "message", "text", ROW) == text


def test_the_same_words_are_sealed_differently_each_time() -> None:
    assert RING.seal("words", "message", "text", ROW) != RING.seal("words", "message", "text", ROW)


@pytest.mark.parametrize(
    "place", [("message", "text", new_id()), ("message", "title", ROW), ("task", "text", ROW)]
)
def test_moved_to_another_place_it_does_not_open(place: tuple) -> None:
    sealed = RING.seal("words", "message", "text", ROW)
    with pytest.raises(Unreadable):
        RING.open(sealed, *place)


def test_a_changed_bit_anywhere_keeps_it_closed() -> None:
    sealed = RING.seal("words", "message", "text", ROW)
    for position in range(len(sealed)):
        changed = bytearray(sealed)
        changed[position] ^= 1
        with pytest.raises((Unreadable, UnicodeDecodeError)):
            text = RING.open(bytes(changed), "message", "text", ROW)
            assert text == "words"


def test_an_older_key_still_opens_and_an_unknown_one_does_not() -> None:
    old = KeyRing({1: bytes(32)}, 1).seal("words", "message", "text", ROW)
    assert RING.open(old, "message", "text", ROW) == "words"
    with pytest.raises(Unreadable):
        KeyRing({2: b"\x02" * 32}, 2).open(old, "message", "text", ROW)


def test_the_ring_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "keys.json"
    sealed = KeyRing.load(path).seal("words", "message", "text", ROW)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert KeyRing.load(path).open(sealed, "message", "text", ROW) == "words"


@pytest.mark.parametrize("content", ["", "{}", '{"current": 1, "keys": {"1": "%%"}}', "[]"])
def test_a_damaged_ring_stops_the_start_and_is_left_as_it_is(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content)
    with pytest.raises(StartupError) as refused:
        KeyRing.load(path)
    assert str(path) in refused.value.message
    assert path.read_text() == content


def test_a_ring_whose_current_key_is_lost_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    KeyRing.load(path)
    ring = json.loads(path.read_text())
    path.write_text(json.dumps({**ring, "current": 7}))
    with pytest.raises(StartupError):
        KeyRing.load(path)


def test_each_purpose_has_a_key_of_its_own() -> None:
    purposes = ["token access", "token media", "token device", "token refresh"]
    keys = {RING.derive(purpose) for purpose in purposes}
    assert len(keys) == len(purposes)
    assert all(len(key) == 32 for key in keys)
    assert crypto.PLAIN != crypto.SEALED
