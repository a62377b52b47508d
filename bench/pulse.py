"""How long a server leaves a small question unanswered, asked by a process of its own: what the
generator does meanwhile does not count."""

import http.client
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

from bench.wire import HOST

EVERY = 0.005
# Answered without the database, in the same loop as everything else.
QUESTION = "/api/nothing"


class Pulse:
    """Milliseconds per answer, in the order of asking; there once the block has ended."""

    def __init__(self) -> None:
        self.answers: list[float] = []


@contextmanager
def pulse(port: int) -> Iterator[Pulse]:
    """Asks while the block runs."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_ask, args=(port, there))
    process.start()
    here.recv()  # it is at work
    kept = Pulse()
    try:
        yield kept
    finally:
        here.send("enough")
        kept.answers = here.recv()
        process.join()


def _ask(port: int, told: Connection) -> None:
    line = http.client.HTTPConnection(HOST, port, timeout=20)
    answers: list[float] = []
    _once(line)
    told.send("at work")
    while not told.poll():
        answers.append(_once(line))
        time.sleep(EVERY)
    told.send(answers)


def _once(line: http.client.HTTPConnection) -> float:
    started = time.perf_counter()
    line.request("GET", QUESTION)
    line.getresponse().read()
    return (time.perf_counter() - started) * 1e3
