"""What a file is: told by its bytes. Its name can only make less of it (F02): a file whose name
promises another kind is served as bytes to be saved."""

import codecs
from typing import Literal, NamedTuple

import filetype

from courtyard.files.names import ending

Kind = Literal["image", "video", "audio", "pdf", "text", "code", "archive", "other"]

HEAD = 8192
BYTES = "application/octet-stream"
TEXT = "text/plain"
PDF = "application/pdf"

# What the bytes say → the media type as we serve it. Only these are ever shown by a browser
# itself; each is one that a browser cannot be made to run (with nosniff and a sandbox).
INLINE = {
    "image/png": "image/png",
    "image/apng": "image/png",
    "image/jpeg": "image/jpeg",
    "image/gif": "image/gif",
    "image/webp": "image/webp",
    "video/mp4": "video/mp4",
    "video/x-m4v": "video/mp4",
    "video/webm": "video/webm",
    "audio/mpeg": "audio/mpeg",
    "audio/mp4": "audio/mp4",
    "audio/ogg": "audio/ogg",
    "audio/x-wav": "audio/wav",
    "audio/x-flac": "audio/flac",
}
ARCHIVES = {
    "application/zip",
    "application/x-tar",
    "application/x-rar-compressed",
    "application/gzip",
    "application/x-bzip2",
    "application/x-7z-compressed",
    "application/x-xz",
    "application/zstd",
}
MEDIA = {"mp4", "m4v", "webm", "mp3", "m4a", "ogg", "oga", "opus", "wav", "flac"}
# Endings under which a kind may go. A film may be called .m4a and a JPEG .png; nothing else.
ENDINGS: dict[Kind, set[str]] = {
    "image": {"png", "apng", "jpg", "jpeg", "jfif", "gif", "webp"},
    "video": MEDIA,
    "audio": MEDIA,
    "pdf": {"pdf"},
    "archive": {"zip", "tar", "rar", "gz", "tgz", "bz2", "tbz", "7z", "xz", "txz", "zst"},
}
OFFICE = {"doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp"}
NOT_TEXT = {"exe"}.union(OFFICE, *ENDINGS.values())
_CODE = """
    bash bat c cc clj cpp cs css cxx dart diff ex exs go gradle h hpp hs htm html ini java jl js
    json jsx kt less lua m mjs patch php pl ps1 py r rb rs sass scala scss sh sql svelte svg swift
    tex toml ts tsx vue xhtml xml yaml yml zig
"""
CODE = set(_CODE.split())


class Nature(NamedTuple):
    """The kind of a file and the media type under which it is served."""

    kind: Kind
    type: str


OTHER = Nature("other", BYTES)


class Sniffer:
    """Looks at a file's bytes as they pass by."""

    def __init__(self) -> None:
        self._head = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text = True

    def feed(self, piece: bytes) -> None:
        """Takes the next bytes."""
        if len(self._head) < HEAD:
            self._head += piece[: HEAD - len(self._head)]
        if self._text:
            self._text = b"\x00" not in piece and self._decodes(piece)

    def nature(self, name: str) -> Nature:
        """What the file is, now that all of it has passed."""
        found = self._found()
        suffix = ending(name)
        if found.kind == "text":
            if suffix in NOT_TEXT:
                return OTHER
            return Nature("code" if suffix in CODE else "text", TEXT)
        return OTHER if suffix and suffix not in ENDINGS.get(found.kind, ()) else found

    def _found(self) -> Nature:
        """What the bytes say. Text goes first: signatures are short, and many a letter begins
        like one."""
        if self._head.startswith(b"%PDF-"):
            return Nature("pdf", PDF)
        if self._text and self._decodes(b"", final=True):
            return Nature("text", TEXT)
        said = filetype.guess_mime(self._head) or BYTES
        if said in ARCHIVES:
            return Nature("archive", BYTES)
        return Nature(_family(said), INLINE[said]) if said in INLINE else OTHER

    def _decodes(self, piece: bytes, *, final: bool = False) -> bool:
        try:
            self._decoder.decode(piece, final)
        except UnicodeDecodeError:
            return False
        return True


def _family(said: str) -> Kind:
    if said.startswith("image/"):
        return "image"
    return "video" if said.startswith("video/") else "audio"
