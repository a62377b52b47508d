"""One stream as a process hears it: order restored from hints in any order, the past kept."""

from uuid import UUID

import orjson
from hypothesis import given
from hypothesis import strategies as st

from courtyard.core.bus import Frame
from courtyard.core.ids import new_id
from courtyard.realtime import stream as module
from courtyard.realtime.stream import LiveStream
from tests.mutants import instead

MUTANTS = {
    "old words stay in memory": (
        instead("courtyard.realtime.stream.LiveStream", "_forget", lambda *_: None),
        ["test_an_edit_or_deletion_takes_older_words_out_of_memory"],
    ),
    "hints are passed on as they come": (
        instead("courtyard.realtime.stream.LiveStream", "accept",
                lambda self, frame: (self.ready.append(frame.body), True)[1]),
        ["test_whatever_order_hints_come_in_readers_get_them_in_order"],
    ),
}  # fmt: skip

STREAM = new_id()


class _Reader:
    """Somebody who listens; what is sent is taken from the stream directly."""


def _stream(head: int | None = 0) -> LiveStream:
    stream = LiveStream(STREAM, head)
    stream.readers.add(_Reader())  # type: ignore[arg-type]
    return stream


def _frame(seq: int, body: bytes | None = None) -> Frame:
    return Frame(STREAM, seq, body or b"%d" % seq)


def _message(kind: str, message_id: UUID, text: str) -> bytes:
    message = {"id": str(message_id), "text": text}
    return orjson.dumps({"type": f"message.{kind}", "message": message})


@given(st.permutations(range(1, 9)), st.lists(st.integers(1, 8), max_size=4))
def test_whatever_order_hints_come_in_readers_get_them_in_order(
    order: list[int], repeated: list[int]
) -> None:
    stream = _stream()
    for seq in [*order, *repeated]:
        stream.accept(_frame(seq))
    assert stream.ready == [b"%d" % seq for seq in range(1, 9)]
    assert (stream.head, stream.early) == (8, {})


def test_what_comes_early_waits_and_says_so() -> None:
    stream = _stream()
    assert not stream.accept(_frame(2))
    assert stream.ready == []
    assert stream.accept(_frame(1))
    assert stream.ready == [b"1", b"2"]


def test_only_so_many_early_frames_are_held() -> None:
    stream = _stream()
    for seq in range(2, module.HELD + 50):
        stream.accept(_frame(seq))
    assert len(stream.early) == module.HELD


def test_before_the_head_is_known_everything_waits() -> None:
    stream = _stream(None)
    for seq in (5, 6, 7):
        stream.accept(_frame(seq))
    assert stream.ready == []
    stream.start_at(5)
    assert stream.ready == [b"6", b"7"]


def test_a_gap_filled_from_the_log_goes_on_with_what_waited() -> None:
    stream = _stream(3)
    stream.accept(_frame(6))
    stream.fill([(4, b"4"), (5, b"5")], 5)
    assert stream.ready == [b"4", b"5", b"6"]
    assert stream.head == 6


def test_after_a_jump_memory_does_not_pretend_to_reach_back() -> None:
    stream = _stream(1)
    stream.accept(_frame(2))
    assert stream.since(1) == [b"2"]
    stream.jump(9)
    assert stream.since(1) is None
    assert stream.since(9) == []
    stream.accept(_frame(10))
    assert stream.since(9) == [b"10"]
    assert stream.since(8) is None


def test_memory_answers_only_where_it_is_whole() -> None:
    stream = _stream(5)
    assert stream.since(4) is None
    assert stream.since(6) is None
    stream.accept(_frame(6))
    assert stream.since(5) == [b"6"]
    assert stream.since(4) is None


def test_memory_is_bounded() -> None:
    stream = _stream()
    for seq in range(1, module.RING + 11):
        stream.accept(_frame(seq))
    assert len(stream.ring) == module.RING
    assert stream.since(9) is None
    assert len(stream.since(10) or []) == module.RING


def test_an_edit_or_deletion_takes_older_words_out_of_memory() -> None:
    stream, first, second = _stream(), new_id(), new_id()
    said = [
        _message("posted", first, "old words"),
        _message("posted", second, "other"),
        _message("edited", first, "new words"),
    ]
    for seq, body in enumerate(said, 1):
        stream.accept(_frame(seq, body))
    assert stream.since(0) == said[1:]
    gone = _message("deleted", second, "")
    stream.accept(_frame(4, gone))
    assert stream.since(0) == [said[2], gone]


def test_words_that_look_like_an_edit_change_nothing() -> None:
    stream, first = _stream(), new_id()
    said = _message("posted", first, '"type":"message.deleted"')
    stream.accept(_frame(1, said))
    assert stream.since(0) == [said]


def test_one_frame_takes_everything_that_waits() -> None:
    stream = _stream()
    for seq in (1, 2, 3):
        stream.accept(_frame(seq))
    data = stream.take_ready() or b""
    assert data.endswith(b'{"s":"%s","e":[1,2,3]}' % str(STREAM).encode())
    assert stream.take_ready() is None
