"""Breaks a guard inside a child of a drill; Python imports this file when the process starts.

A drill puts this folder on the path of the server it starts. Only the application's processes
are touched, and only when `COURTYARD_MUTANT=tests/drills/test_….py:name` names a drill.
"""

import importlib
import os
import sys


def break_a_guard(mutant: str) -> None:
    module, name = mutant.rsplit(":", 1)
    parts = module.removesuffix(".py").replace("/", ".").split(".")
    if parts[:2] != ["tests", "drills"]:
        return
    sys.path.append(os.environ["COURTYARD_DRILL_ROOT"])
    mutants = importlib.import_module(".".join(parts)).MUTANTS
    monkeypatch = importlib.import_module("pytest").MonkeyPatch()
    mutants[name][0](monkeypatch)


if "courtyard.process" in sys.orig_argv and os.environ.get("COURTYARD_MUTANT"):
    break_a_guard(os.environ["COURTYARD_MUTANT"])
