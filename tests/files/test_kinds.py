"""What a file is, told by its bytes, and what its name may be."""

import gzip
import io
import zipfile

import pytest

from courtyard.files.kinds import Nature, Sniffer
from courtyard.files.names import clean, ending
from tests.mutants import instead
from tests.uploading import pdf, picture

MUTANTS = {
    "names are believed": (
        instead("courtyard.files.kinds", "ending", lambda _: ""),
        ["test_a_name_that_promises_something_else_makes_it_mere_bytes"],
    ),
    "names are kept": (
        instead("courtyard.files.names", "tidy_line", lambda name: name),
        ["test_f05_names_are_names_only"],
    ),
}


def _nature(data: bytes, name: str, step: int = 1000) -> Nature:
    sniffer = Sniffer()
    for start in range(0, len(data), step):
        sniffer.feed(data[start : start + step])
    return sniffer.nature(name)


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    return out.getvalue()


FILM = b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + b"\0" * 40
MATROSKA = b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08"
WEBM = MATROSKA + b"\x42\x82\x84webm\x42\x87\x81\x04" + b"\0" * 40
WAV = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0" + b"\0" * 40
TRUE = {
    "photo.png": (picture(), "image", "image/png"),
    "photo.JPG": (picture("JPEG"), "image", "image/jpeg"),
    "photo.gif": (picture("GIF"), "image", "image/gif"),
    "photo.webp": (picture("WEBP"), "image", "image/webp"),
    "saved as.jpg": (picture("WEBP"), "image", "image/webp"),
    "Shot at 10.15": (picture(), "image", "image/png"),
    "film.mp4": (FILM, "video", "video/mp4"),
    "film.webm": (WEBM, "video", "video/webm"),
    "song.mp3": (b"ID3\x04" + b"\xff" * 60, "audio", "audio/mpeg"),
    "song.ogg": (b"OggS\0\2" + b"\xff" * 60, "audio", "audio/ogg"),
    "song.wav": (WAV + b"\xff" * 9, "audio", "audio/wav"),
    "song.flac": (b"fLaC\0\0\0\x22" + b"\xff" * 60, "audio", "audio/flac"),
    "song.m4a": (b"\0\0\0\x20ftypM4A \0\0\2\0" + b"\xff" * 60, "audio", "audio/mp4"),
    "letter.pdf": (pdf(), "pdf", "application/pdf"),
    "a.zip": (_zip(), "archive", "application/octet-stream"),
    "a.tar.gz": (gzip.compress(b"x"), "archive", "application/octet-stream"),
    "note.txt": ("für dich ☂".encode() * 500, "text", "text/plain"),
    "note": (b"BM and II* and MZ and ID3 begin letters too", "text", "text/plain"),
    "BM.csv": (b"BM;2\n", "text", "text/plain"),
    "page.html": (b"<!doctype html><script>alert(1)</script>", "code", "text/plain"),
    "drawing.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "code", "text/plain"),
    "app.js": (b"alert(1)", "code", "text/plain"),
    "data.xml": (b"<?xml version='1.0'?><x/>", "code", "text/plain"),
    "letter.docx": (_zip(), "other", "application/octet-stream"),
    "utf16.txt": ("words".encode("utf-16"), "other", "application/octet-stream"),
    "latin.txt": ("für".encode("latin-1"), "other", "application/octet-stream"),
    "cut.txt": ("☂".encode()[:2], "other", "application/octet-stream"),
    "zero.txt": (b"words\0more", "other", "application/octet-stream"),
    "setup.exe": (b"MZ\x90\0\3", "other", "application/octet-stream"),
    "photo.heic": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "other", "application/octet-stream"),
}


@pytest.mark.parametrize("name", TRUE)
def test_a_file_is_what_its_bytes_say(name: str) -> None:
    data, kind, media_type = TRUE[name]
    for step in (1, 7, 10_000):
        assert _nature(data, name, step) == (kind, media_type)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.png.exe", picture()),
        ("photo.js", picture("GIF")),
        ("photo.html", picture()),
        ("photo.pdf", picture()),
        ("page.png", b"<script>alert(1)</script>"),
        ("page.gif", b"GIF89a/*" + b" " * 40 + b"*/=1;alert(1)"),
        ("page.pdf", b"<html>%PDF-1.4"),
        ("letter.html", pdf()),
        ("film.txt", FILM),
        ("a.docx", b"words"),
        ("a.jar", _zip()),
        ("empty.png", b""),
    ],
)
def test_a_name_that_promises_something_else_makes_it_mere_bytes(name: str, data: bytes) -> None:
    assert _nature(data, name) == ("other", "application/octet-stream")


NAMES = {
    "../../etc/passwd": "passwd",
    "/etc/passwd": "passwd",
    "C:\\Users\\x\\a.txt": "a.txt",
    "\\\\server\\share\\a.txt": "a.txt",
    "%2e%2e%2fa.txt": "%2e%2e%2fa.txt",
    "..": "file",
    "a/": "file",
    " . ": "file",
    "...hidden": "...hidden",
    "\u200b\u202e": "file",
    "CON": "_CON",
    "nul.txt": "_nul.txt",
    "com1 .tar.gz": "_com1 .tar.gz",
    "LPT²": "_LPT²",
    "console.log": "console.log",
    "a\r\nset-cookie: x=1.txt": "a set-cookie_ x=1.txt",
    "a.php\0.png": "a.php.png",
    "annexe\u202egnp.exe": "annexegnp.exe",
    "a\u200d\ufe0fb.txt": "ab.txt",
    'a"b<c>d|e?f*g:h.txt': "a_b_c_d_e_f_g_h.txt",
    "report.txt. . ": "report.txt",
    "  two   words\t.txt": "two words .txt",
    "Größe ☂.pdf": "Größe ☂.pdf",
}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_f05_names_are_names_only(name: str) -> None:
    cleaned = clean(name)
    if len(name) < 200:
        assert cleaned == NAMES[name]
    assert clean(cleaned) == cleaned
    assert 0 < len(cleaned) <= 200
    assert not set(cleaned) & set('/\\\0\r\n\u202e\u200b"')


def test_f05_a_long_name_keeps_its_ending() -> None:
    assert clean("x" * 10_000 + ".pdf") == "x" * 196 + ".pdf"
    assert clean("x" * 300 + "." + "y" * 300) == "x" * 200


def test_an_ending_is_letters_behind_a_dot() -> None:
    names = ["a.PNG", "a.tar.gz", "a", "at 10.15", ".png", "a.", "a.p-g", "a.7z"]
    assert [ending(name) for name in names] == ["png", "gz", "", "", "png", "", "", "7z"]
