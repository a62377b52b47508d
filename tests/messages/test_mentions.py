"""Whom a text calls: by link, by word, and never from within code."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtyard.messages.mentions import MOST, called

ADA, NURSES = uuid4(), uuid4()


def test_people_and_roles_are_called_by_links() -> None:
    found = called(f"[@Ada](user:{ADA}) and [@Nurses](role:{NURSES}), please")
    assert (found.users, found.roles) == ({ADA}, {NURSES})
    assert not (found.here or found.channel)


@pytest.mark.parametrize(
    ("text", "here", "channel"),
    [
        ("@here lunch", True, False),
        ("lunch, @channel!", False, True),
        ("**@here** and @channel", True, True),
        ("mail me@here.example", False, False),
        ("@hereabouts", False, False),
        ("@@here", False, False),
        ("`@here`", False, False),
        ("```\n@channel\n```", False, False),
        ("> @here quoted", True, False),
        ("[@here](https://example.org)", True, False),
    ],
)
def test_everyone_is_called_by_a_word(text: str, here: bool, channel: bool) -> None:
    found = called(text)
    assert (found.here, found.channel) == (here, channel)


@pytest.mark.parametrize(
    "text",
    [f"`[@Ada](user:{ADA})`", f"    [@Ada](user:{ADA})", f"[@Ada](user:{ADA}x)", "[@Ada](user:ada)",
     f"user:{ADA}", f"[@Ada](https://user:{ADA}@example.org)", f"\\[@Ada](user:{ADA})"],
)  # fmt: skip
def test_what_is_no_mention_calls_nobody(text: str) -> None:
    assert not called(text).anybody


def test_a_list_of_everybody_calls_a_hundred() -> None:
    text = " ".join(f"[@x](user:{UUID(int=n)})" for n in range(MOST + 50))
    assert len(called(text).users) == MOST


@given(st.text(alphabet="@[]()`*_~>|\\ \nahere:user-0123456789", max_size=400))
def test_no_text_breaks_the_reading(text: str) -> None:
    called(text)
