"""Archives that are broken or meant to do harm: one clear line each, and nothing written."""

import io
import json
import os
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from courtyard.integrations.slack import archive
from courtyard.integrations.slack.archive import Refused
from courtyard.integrations.slack.records import Malformed, records
from tests.integrations.exports import Export, said
from tests.integrations.samples import modern
from tests.mutants import instead

MUTANTS = {
    "names lead anywhere": (
        instead("courtyard.integrations.slack.archive", "_danger", lambda info, name: None),
        ["test_a_hostile_archive_is_refused"],
    ),
    "any number of files": (
        instead("courtyard.integrations.slack.archive", "_require_bounded", lambda file: None),
        ["test_a_million_files_are_refused_before_they_are_listed"],
    ),
    "records of any length": (
        instead("courtyard.integrations.slack.records", "RECORD_LIMIT", 2**40),
        ["test_a_record_without_end_is_given_up"],
    ),
}


def _read(path: Path) -> list[Any]:
    with archive.opened(path) as source:
        return [record for name in source.names if name.endswith(".json")
                for record in source.records(name)]  # fmt: skip


def _refusal(path: Path) -> str:
    with pytest.raises(Refused) as refused:
        _read(path)
    assert "\n" not in refused.value.message
    return refused.value.message


def _with(path: Path, *members: tuple[zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "a") as out:
        for info, data in members:
            out.writestr(info, data)
    return path


def _named(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("x")
    info.filename = name
    return info


def _link(path: Path) -> Path:
    info = zipfile.ZipInfo("general/2025-01-01.json")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return _with(path, (info, b"/etc/passwd"))


def _twice(path: Path) -> Path:
    with pytest.warns(UserWarning, match="Duplicate"):
        return _with(path, (_named("users.json"), b"[]"))


def _bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as out:
        with out.open("general/2025-01-01.json", "w") as member:
            for _ in range(64):
                member.write(b" " * 2**20)
    return path


def _locked(path: Path) -> Path:
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 0x1
    path.write_bytes(data)
    return path


def _packed(path: Path) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_LZMA) as out:
        out.writestr("general/2025-01-01.json", b"[]")
    return path


def _cut(path: Path) -> Path:
    path.write_bytes(path.read_bytes()[:-100])
    return path


def _flipped(path: Path) -> Path:
    """One byte of a member's packed content is another one."""
    with zipfile.ZipFile(path) as source:
        info = source.getinfo("general/2025-01-10.json")
    data = bytearray(path.read_bytes())
    data[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0xFF
    path.write_bytes(data)
    return path


HOSTILE: dict[str, tuple[Callable[[Path], Path], str]] = {
    "leads out": (lambda p: _with(p, (_named("../evil.json"), b"[]")), "leads out"),
    "leads out later": (lambda p: _with(p, (_named("a/../../evil.json"), b"[]")), "leads out"),
    "absolute": (lambda p: _with(p, (_named("/etc/cron.d/evil"), b"x")), "forbidden name"),
    "a drive": (lambda p: _with(p, (_named("C:evil.json"), b"[]")), "forbidden name"),
    "backslashes": (lambda p: _with(p, (_named("..\\evil.json"), b"[]")), "forbidden name"),
    "a link": (_link, "link or a device"),
    "twice": (_twice, "twice"),
    "a bomb": (_bomb, "far more than it should"),
    "a password": (_locked, "locked with a password"),
    "odd packing": (_packed, "packed in a way"),
    "cut off": (_cut, "cut off"),
    "a flipped byte": (_flipped, "damaged"),
}


@pytest.mark.parametrize(("spoil", "words"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_archive_is_refused(
    spoil: Callable[[Path], Path], words: str, tmp_path: Path
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    path = spoil(modern().write(inside))
    assert words in _refusal(path)
    assert [found.name for found in tmp_path.rglob("*")] == ["inside", "export.zip"]


CONTENT: dict[str, tuple[bytes, str]] = {
    "no UTF-8": (b'[{"text": "\xff\xfe"}]', "is not UTF-8"),
    "no JSON": (b"<html>", "is not a list"),
    "an object": (b'{"a": 1}', "is not a list"),
    "broken off": (b'[{"ts": "1.2"}, {"ts"', "not valid JSON"),
    "no comma": (b"[{} {}]", "not valid JSON"),
    "a tail": (b"[] []", "goes on after its end"),
    "too deep": (b"[" + b"[" * 100_000 + b"]" * 100_000 + b"]", "nests too deeply"),
    "deep objects": (b'[{"a":' + b'{"a":' * 100_000, "nests too deeply"),
    "a huge number": (b"[" + b"9" * 10_000 + b"]", "not valid JSON"),
}


@pytest.mark.parametrize(("content", "words"), CONTENT.values(), ids=CONTENT)
def test_content_that_is_no_list_is_refused(content: bytes, words: str, tmp_path: Path) -> None:
    export = modern().put("general/2025-01-12.json", content)
    message = _refusal(export.write(tmp_path))
    assert words in message
    assert message.startswith("general/2025-01-12.json ")


@pytest.mark.parametrize("missing", ["channels.json", "users.json"])
def test_what_is_no_export_is_refused(missing: str, tmp_path: Path) -> None:
    export = modern()
    del export.files[missing]
    assert f"no Slack export: it holds no {missing}" in _refusal(export.write(tmp_path))


def test_what_is_no_zip_or_no_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    assert "no file" in _refusal(path)
    path.write_bytes(b"hello")
    assert "no zip archive" in _refusal(path)
    path.write_bytes(b"")
    assert "no zip archive" in _refusal(path)
    assert "cannot be read" in _refusal(tmp_path)
    path.write_bytes(b"PK\x05\x06" + b"\xff" * 18)
    _refusal(path)


def test_a_million_files_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    """An end of archive that announces a million small entries, of which none is there."""
    end = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 10**6, 10**6, 46 * 10**6, 0)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, 0, 1)
    last = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, 2**32 - 1, 2**32 - 1, 0)
    path = tmp_path / "many.zip"
    path.write_bytes(end + locator + last)
    assert "too many files" in _refusal(path)


def test_a_folder_around_everything_is_passed_over(tmp_path: Path) -> None:
    path = modern().write(tmp_path, prefix="Lantern export/")
    with archive.opened(path) as source:
        assert "users.json" in source
        assert "general/2025-01-10.json" in source


def test_names_in_other_scripts_are_found(tmp_path: Path) -> None:
    path = Export().day("büro", "2025-01-01", said("1736478514.1", "U1", "x")).write(tmp_path)
    data = path.read_bytes()
    # As tools write it that store UTF-8 without saying so.
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.rindex(mark)
        flags = struct.unpack_from("<H", data, place + at)[0] & ~0x800
        data = data[: place + at] + struct.pack("<H", flags) + data[place + at + 2 :]
    path.write_bytes(data)
    with archive.opened(path) as source:
        assert "büro/2025-01-01.json" in source


def test_records_come_one_by_one_whatever_the_pieces() -> None:
    wanted = [{"ts": f"{n}.5", "text": "ä" * n, "n": n} for n in range(300)]
    data = json.dumps(wanted, ensure_ascii=False).encode()
    for size in (1, 7, 4096, 10**7):
        pieces = io.BytesIO(data)
        assert list(records(lambda _, size=size, pieces=pieces: pieces.read(size))) == wanted


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", []), (b"null", []), (b" [ ] \n", []), (b"\xef\xbb\xbf[1]", [1]),
        (b'[1.50, 12, null, "a\x01b"]', ["1.50", 12, None, "a\x01b"]),
    ],
)  # fmt: skip
def test_odd_but_whole_lists_are_read(data: bytes, found: list[Any]) -> None:
    assert list(records(io.BytesIO(data).read)) == found


def test_a_record_without_end_is_given_up() -> None:
    """64 MB inside one string: no more than a few times the limit of a record is held."""
    sent = 0

    def endless(size: int) -> bytes:
        nonlocal sent
        piece = b'[{"a": "' if not sent else b"x" * min(size, 2**20)
        sent += len(piece)
        return piece if sent < 64 * 2**20 else b""

    with pytest.raises(Malformed):
        list(records(endless))
    assert sent < 40 * 2**20


def test_memory_is_for_one_record_not_for_the_file(tmp_path: Path) -> None:
    many = [said(f"1736478514.{n:06}", "U1", os.urandom(400).hex()) for n in range(20_000)]
    path = modern().put("general/2025-01-12.json", many).write(tmp_path)
    del many
    tracemalloc.start()
    with archive.opened(path) as source:
        count = sum(1 for _ in source.records("general/2025-01-12.json"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 20_000
    assert peak < 4 * 2**20
