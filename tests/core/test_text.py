"""Short human text: what is taken out, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from courtyard.core.text import Body, Line, Name

NAME: TypeAdapter[str] = TypeAdapter(Name)
LINE: TypeAdapter[str] = TypeAdapter(Line)
BODY: TypeAdapter[str] = TypeAdapter(Body)
BLANK = "\u00ad\u034f\u115f\u17b4\u180e\u2028\u2800\u3164\uffa0\U000e0041"
JOINERS = "\u200c\u200d\ufe0f"
HIDDEN = BLANK + "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2069\ufeff"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  Ada \t Lovelace\n", "Ada Lovelace"),
        (f"a{HIDDEN}da", "ada"),
        ("e\u0301", "\u00e9"),
        ("a\x00\x1b\x7fb", "ab"),
        ("Zoë 世界", "Zoë 世界"),
        ("می\u200cخواهم 👩\u200d🚀", "می\u200cخواهم 👩\u200d🚀"),
    ],
)
def test_a_name_is_tidied(given: str, kept: str) -> None:
    assert NAME.validate_python(given) == kept


@pytest.mark.parametrize("given", ["", " ", HIDDEN, JOINERS, "\x00", "x" * 81])
def test_a_name_must_be_left(given: str) -> None:
    with pytest.raises(ValidationError):
        NAME.validate_python(given)


@given(st.text(max_size=80))
def test_whatever_is_sent_a_name_hides_nothing(text: str) -> None:
    try:
        name = NAME.validate_python(text)
    except ValidationError:
        return
    assert not set(name) & set(HIDDEN + "\x00\n\r\t")
    assert name == name.strip() != ""
    assert NAME.validate_python(name) == name


@pytest.mark.parametrize("given", [HIDDEN, JOINERS, "\u200b \n"])
def test_a_text_that_shows_nothing_is_none(given: str) -> None:
    with pytest.raises(ValidationError):
        BODY.validate_python(given)


def test_a_line_may_be_empty_and_is_bounded() -> None:
    assert LINE.validate_python("  ") == ""
    with pytest.raises(ValidationError):
        LINE.validate_python("x" * 251)


@given(st.text(min_size=1, max_size=200))
def test_a_text_keeps_its_lines_and_loses_controls(text: str) -> None:
    try:
        body = BODY.validate_python(text)
    except ValidationError:
        return
    assert body.strip()
    assert "\x00" not in body
    assert BODY.validate_python("a\n\n  b\tc") == "a\n\n  b\tc"
