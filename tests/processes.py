"""Processes started by a process, found by a word of their command line."""

from contextlib import suppress

import psutil


def children_of(pid: int, word: str) -> list[psutil.Process]:
    """All descendants of `pid` with `word` in the command line; one that ends meanwhile is gone."""
    found = []
    for child in psutil.Process(pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if word in " ".join(child.cmdline()):
                found.append(child)
    return found
