"""The export archive: checked as a whole before anything of it is used, read as streams.

Nothing is ever unpacked to disk, so a name in the archive can lead nowhere. The checks refuse
what no export of Slack contains, so that a hostile archive costs neither memory nor hours.
"""

import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from courtyard.core.errors import CourtyardError
from courtyard.integrations.slack.records import Malformed, records

MEMBER_LIMIT = 500_000
DIRECTORY_LIMIT = 100 * 2**20
JSON_LIMIT = 2**30
TOTAL_LIMIT = 50 * 2**30
# JSON of chat packs 5 to 50 times smaller; a member far beyond that is made to burst.
RATIO_LIMIT, RATIO_FROM = 250, 20 * 2**20

_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    struct.error,
    ValueError,
)
_DRIVE = re.compile(r"[A-Za-z]:")
_TAIL = 66_000
_ENCRYPTED, _UTF8 = 0x1, 0x800


class Refused(CourtyardError):
    """The archive cannot be imported; the message is one line for the person at the terminal."""

    code = "import_refused"
    status = 422


class Archive:
    """The members of an export by name, without the folder they may all be wrapped in."""

    def __init__(self, source: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> None:
        self._source = source
        self._members = members

    @property
    def names(self) -> list[str]:
        """The names of all files, in order."""
        return sorted(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def size(self, name: str) -> int:
        """Bytes of a file when unpacked, as the archive says."""
        return self._members[name].file_size

    def records(self, name: str) -> Iterator[Any]:
        """The elements of a file that is a JSON list. Raises Refused when it is none or damaged;
        what came before the broken place has been yielded then."""
        try:
            with self._source.open(self._members[name]) as file:
                yield from records(file.read)
        except Malformed as error:
            raise Refused(f"{name} {error}. {_REPAIR}") from None
        except (*_BROKEN, NotImplementedError):
            raise Refused(f"{name} is damaged inside the archive. {_REPAIR}") from None


_REPAIR = "Export again, or take this file out of the archive, and import once more."


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive at a path. Raises Refused for anything that is no whole, harmless export."""
    try:
        with path.open("rb") as file:
            _require_bounded(file)
            with zipfile.ZipFile(file) as source:
                yield Archive(source, _members(source))
    except FileNotFoundError:
        raise Refused(f"There is no file {path}.") from None
    except (IsADirectoryError, PermissionError) as error:
        raise Refused(f"{path} cannot be read: {error.strerror}.") from None
    except zipfile.BadZipFile:
        raise Refused(f"{path} is no zip archive, or was cut off. Download it again.") from None


def _require_bounded(file: IO[bytes]) -> None:
    """Looks at the archive's own end before the library reads its whole directory into memory."""
    file.seek(0, 2)
    length = file.tell()
    file.seek(max(0, length - _TAIL))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise zipfile.BadZipFile
    entries, size = struct.unpack_from("<HL", tail, at + 10)
    locator = tail[at - 20 : at] if at >= 20 else b""
    if locator[:4] == b"PK\x06\x07":
        entries, size = _large_directory(file, struct.unpack_from("<Q", locator, 8)[0])
    file.seek(0)
    if entries > MEMBER_LIMIT or size > DIRECTORY_LIMIT:
        raise Refused(
            f"The archive has too many files (limit {MEMBER_LIMIT:,}). "
            "Export a shorter range of dates, and import one after the other."
        )


def _large_directory(file: IO[bytes], at: int) -> tuple[int, int]:
    """Number of entries and bytes of the directory, from the record of large archives."""
    file.seek(at)
    record = file.read(56)
    if record[:4] != b"PK\x06\x06" or len(record) < 56:
        raise zipfile.BadZipFile
    return struct.unpack_from("<QQ", record, 32)


def _members(source: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    for info in source.infolist():
        name = _name(info)
        reason = _danger(info, name)
        if not reason and name in members:
            reason = "is in it twice"
        if reason:
            raise Refused(f"This is no archive that Slack made: {name[:80]!r} {reason}.")
        if not info.is_dir():
            members[name] = info
    if sum(info.file_size for name, info in members.items() if _is_json(name)) > TOTAL_LIMIT:
        raise Refused(f"The archive is too large when unpacked (limit {TOTAL_LIMIT >> 30} GB).")
    return _unwrapped(members)


def _name(info: zipfile.ZipInfo) -> str:
    """The name, in the form that channel names have. Older tools store UTF-8 without saying so."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        with suppress(ValueError):  # truly the old code page
            name = name.encode("cp437").decode()
    return unicodedata.normalize("NFC", name)


def _danger(info: zipfile.ZipInfo, name: str) -> str | None:
    """Why a member is none that Slack would write, or None."""
    if name.startswith("/") or _DRIVE.match(name) or "\\" in name or "\x00" in name:
        return "has a forbidden name"
    if ".." in name.split("/"):
        return "leads out of the archive"
    if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "is a link or a device"
    if info.flag_bits & _ENCRYPTED:
        return "is locked with a password"
    return _excess(info) if _is_json(name) else None


def _excess(info: zipfile.ZipInfo) -> str | None:
    if info.compress_type not in _METHODS:
        return "is packed in a way Slack does not use"
    if info.file_size > JSON_LIMIT:
        return f"is larger than {JSON_LIMIT >> 30} GB"
    if info.file_size > max(RATIO_FROM, RATIO_LIMIT * info.compress_size):
        return "unpacks to far more than it should"
    return None


def _is_json(name: str) -> bool:
    return name.endswith(".json")


def _unwrapped(members: dict[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The members without a folder around them all; some tools put an export into one."""
    if "channels.json" not in members:
        tops = [
            name for name in members if name.count("/") == 1 and name.endswith("/channels.json")
        ]
        if len(tops) == 1 and not tops[0].startswith("__MACOSX"):
            prefix = tops[0].removesuffix("channels.json")
            members = {name.removeprefix(prefix): info for name, info in members.items()}
    for needed in ("channels.json", "users.json"):
        if needed not in members:
            raise Refused(f"This is no Slack export: it holds no {needed}.")
    return members
