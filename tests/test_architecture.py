"""The house rules that a machine can check: sizes, docstrings, no forbidden words."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILE_LIMIT = 300
FUNCTION_LIMIT = 40
GENERATED = (".gen.ts", "migrations/versions/", "locales/", "package-lock.json")
SOURCES = (".py", ".ts", ".tsx", ".mjs", ".css")
# Names that say nothing about what is inside.
EMPTY_NAMES = {"utils", "helpers", "common", "misc", "util", "helper"}


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def _sources() -> list[Path]:
    return [
        path
        for path in _tracked()
        if path.suffix in SOURCES and not any(mark in str(path) for mark in GENERATED)
    ]


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_file_is_longer_than_a_person_reads() -> None:
    long = {str(p.relative_to(ROOT)): n for p in _sources() if (n := _lines(p)) > FILE_LIMIT}
    assert not long


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in (ROOT / "courtyard").rglob("*.py")
        if "versions" not in path.parts
        for node in _functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LIMIT
    ]
    assert not long


def test_public_things_say_what_they_do() -> None:
    silent = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "courtyard").rglob("*.py")
        for name in _undocumented(path)
    ]
    assert not silent


def _undocumented(path: Path) -> Iterator[str]:
    """Modules, and public functions of modules that other modules call."""
    tree = ast.parse(path.read_text())
    if tree.body and not ast.get_docstring(tree):
        yield "the module"
    if path.name.endswith("routes.py") or "versions" in path.parts:
        return  # a route's verb says what it does
    for node in tree.body:
        public = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_"
        if public and not ast.get_docstring(node):
            yield node.name


def test_no_name_says_nothing() -> None:
    empty = [str(p.relative_to(ROOT)) for p in _sources() if EMPTY_NAMES & {p.stem, *p.parts}]
    assert not empty


@pytest.mark.parametrize(
    "word", ["TO" + "DO", "FIX" + "ME", "not " + "implemented", "coming " + "soon"]
)
def test_nothing_is_left_for_later_in_the_code(word: str) -> None:
    found = [str(p.relative_to(ROOT)) for p in _sources() if word in p.read_text()]
    assert not found
