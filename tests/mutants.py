"""Mutants: a guard broken on purpose in one line, and the tests that must turn red.

A test module lists them as `MUTANTS = {"name": (apply, ["test_function", ...])}`; `apply` takes a
monkeypatch. `COURTYARD_MUTANT=tests/path/test_x.py:name` breaks the guard for a whole run.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

VARIABLE = "COURTYARD_MUTANT"
ROOT = Path(__file__).parents[1]

Mutant = tuple[Callable[[pytest.MonkeyPatch], None], list[str]]


def replace(path: str, name: str, old: str, new: str) -> Callable[[pytest.MonkeyPatch], None]:
    """A mutant that changes a word of a text constant, such as a statement of SQL."""

    def apply(patch: pytest.MonkeyPatch) -> None:
        module = _module(path)
        text = getattr(module, name)
        assert old in text, f"{path}.{name} does not say {old!r} any more"
        patch.setattr(module, name, text.replace(old, new))

    return apply


def instead(path: str, name: str, value: Any) -> Callable[[pytest.MonkeyPatch], None]:
    """A mutant that puts something else in place of an attribute of a module or class."""

    def apply(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(_module(path), name, value)

    return apply


class _Rule:
    """The rule of rights with a word changed, in place of its file."""

    def __init__(self, old: str, new: str) -> None:
        self._change = old, new

    def read_text(self) -> str:
        text = (ROOT / "courtyard/channels/rights.sql").read_text()
        assert self._change[0] in text, f"the rule does not say {self._change[0]!r} any more"
        return text.replace(*self._change)


def rule(old: str, new: str) -> Callable[[pytest.MonkeyPatch], None]:
    """A mutant of the rule of rights."""
    return instead("courtyard.migrate", "RIGHTS", _Rule(old, new))


async def nothing(*_: Any, **__: Any) -> None:
    """A check that was dropped."""


def wanted() -> str | None:
    """The mutant of this run, if there is one."""
    return os.environ.get(VARIABLE)


def breed(mutant: str) -> pytest.MonkeyPatch:
    """Breaks the guard; `undo()` of what is returned repairs it."""
    path, _, name = mutant.partition(":")
    module = _module(path.removesuffix(".py").replace("/", "."))
    apply, _ = module.MUTANTS[name]
    patch = pytest.MonkeyPatch()
    apply(patch)
    return patch


def _module(path: str) -> Any:
    """A module, or a class inside one, by its dotted path."""
    import importlib  # noqa: PLC0415 - only mutants need it

    try:
        return importlib.import_module(path)
    except ModuleNotFoundError:
        parent, _, name = path.rpartition(".")
        return getattr(_module(parent), name)
