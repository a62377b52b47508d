"""Cursors come back as they were made, or not at all."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courtyard.core.cursors import after_name, at_position, position_cursor
from courtyard.core.errors import Invalid
from courtyard.core.ids import made_at, new_id


@given(st.integers(-(2**62) + 1, 2**62 - 1), st.uuids())
def test_a_position_comes_back(position: int, row_id: UUID) -> None:
    assert at_position(position_cursor(position, row_id)) == (position, row_id)


@given(st.text(max_size=200))
def test_whatever_is_sent_is_a_cursor_or_invalid(text: str) -> None:
    for reader in (at_position, after_name):
        try:
            reader(text)
        except Invalid as refused:
            assert refused.status == 422


def test_a_cursor_beyond_all_bounds_is_refused_unread() -> None:
    with pytest.raises(Invalid):
        at_position("A" * 1_000_000)


def test_ids_are_made_in_the_order_of_time() -> None:
    ids = [new_id() for _ in range(50)]
    assert len(set(ids)) == 50
    assert all(i.version == 7 for i in ids)
    moments = [made_at(i) for i in ids]
    assert moments == sorted(moments)
