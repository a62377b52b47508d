"""A small `serve`: the services and one child beside them, its events as JSON lines.

Run as a program, so that it can be killed. `COURTYARD_MUTANT=module:name` breaks a guard here as
it does in the tests' own process.
"""

import importlib
import json
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from courtyard.embedded.errors import EmbeddedError
from courtyard.embedded.folder import DataFolder
from courtyard.embedded.lock import ServerLock
from courtyard.embedded.postgres import Postgres
from courtyard.embedded.supervisor import Supervisor
from courtyard.embedded.valkey import Valkey

REFUSED = 3


def log(event: str, /, **fields: object) -> None:
    print(json.dumps({"event": event, **fields}), flush=True)


def serve(data_dir: str) -> None:
    folder = DataFolder(data_dir)
    folder.prepare()
    with ServerLock(folder), Supervisor(log) as supervisor:
        for service in (Postgres(data_dir), Valkey(data_dir)):
            service.prepare()
            supervisor.add_spec(service.child_spec())
            supervisor.start(service.name)
        supervisor.add("app", ["/bin/sleep", "1000000"], {})
        supervisor.run()


def break_a_guard() -> None:
    """Apply the mutant that is asked for, if it is one of this folder."""
    mutant = os.environ.get("COURTYARD_MUTANT", ":")
    module, name = mutant.rsplit(":", 1)
    stem = module.removesuffix(".py").replace("/", ".").rsplit(".", 1)[-1]
    if stem and Path(__file__).with_name(f"{stem}.py").exists():
        mutants = importlib.import_module(f"tests.embedded.{stem}").MUTANTS
        monkeypatch = importlib.import_module("pytest").MonkeyPatch()
        mutants[name][0](monkeypatch)


def main() -> int:
    break_a_guard()
    try:
        serve(sys.argv[1])
    except EmbeddedError as error:
        log("refused", code=error.code, error=str(error))
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main())
