"""The account that runs the services when we are root: neither of them ever runs as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from courtyard.embedded.errors import DataFolderError

# A group of our own, from the range that distributions leave unused. `initdb` insists on a uid
# with a name, so without a `courtyard` user the uid is that of `nobody`, which other programs
# may share. The group is what keeps those out: the folder opens to this group only, and the
# kernel lets a process look into another one only when the groups match too.
OWN_GROUP = 65533


@dataclass(frozen=True)
class Account:
    """A uid and gid to run a child as."""

    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        """Whether this account reaches `folder`, asked of the kernel rather than worked out.

        Raises DataFolderError when this process may not change to the account at all.
        """
        command = ["/bin/sh", "-c", 'cd -- "$1"', "sh", str(folder)]
        try:
            done = subprocess.run(
                command,
                user=self.uid,
                group=self.gid,
                extra_groups=[],
                cwd="/",
                env={},
                stderr=subprocess.DEVNULL,
                check=False,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise DataFolderError(
                f"PostgreSQL refuses to run as root, and here root cannot become uid {self.uid}"
                f" ({error}): start Courtyard as an ordinary user."
            ) from error
        return done.returncode == 0


def service_account(database: Path) -> Account | None:
    """The account for the services, or None when we are an ordinary user and they run as we do.

    The owner of an existing database stays its owner. Otherwise it is the user `courtyard`, if
    the system has one, and else `nobody` with a group of its own.

    Raises DataFolderError when root finds no usable account.
    """
    if os.geteuid() != 0:
        return None
    if database.exists() and database.stat().st_uid != 0:
        return Account(database.stat().st_uid, database.stat().st_gid)
    return _named("courtyard") or _nobody()


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_uid, entry.pw_gid) if entry.pw_uid != 0 else None


def _nobody() -> Account:
    nobody = _named("nobody")
    if nobody is None:
        raise DataFolderError(
            "PostgreSQL refuses to run as root and this system has neither a user 'courtyard'"
            " nor 'nobody': run `useradd --system courtyard`, or start as an ordinary user."
        )
    return Account(nobody.uid, OWN_GROUP)
