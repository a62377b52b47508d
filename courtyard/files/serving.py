"""Answers with the bytes of a file: streamed, in ranges, and never run by a browser."""

from collections.abc import Mapping
from urllib.parse import quote

from fastapi import Response
from fastapi.responses import StreamingResponse

from courtyard.core.blobs import Blobs
from courtyard.core.errors import CourtyardError, NotFound
from courtyard.core.http import problem
from courtyard.files.kinds import INLINE, TEXT
from courtyard.files.models import File

# A browser that opens the file by itself gets a page without scripts, forms, frames and origin.
# Pictures, films and sound are allowed to show themselves.
POLICY = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'"
SHOWN = set(INLINE.values())
PREVIEW_TYPE = "image/webp"


class Unsatisfiable(Exception):
    """A range that lies outside of the file."""


async def content(
    blobs: Blobs, file: File, asked: Mapping[str, str], *, download: bool
) -> Response:
    """The file, or the range of it that the request's headers ask for. Raises NotFound."""
    headers = _headers(f'"{file.id}"', _disposition(file, download=download))
    if _same(asked, headers["etag"]):
        return Response(status_code=304, headers=headers)
    headers["accept-ranges"] = "bytes"
    try:
        span = _span(asked, headers["etag"], file.size)
    except Unsatisfiable:
        refusal = problem(
            CourtyardError("The file ends before that.", code="range").with_status(416)
        )
        refusal.headers["content-range"] = f"bytes */{file.size}"
        return refusal
    start, end = span or (0, file.size)
    headers["content-length"] = str(end - start)
    if span:
        headers["content-range"] = f"bytes {start}-{end - 1}/{file.size}"
    pieces = await blobs.open("file", file.blob_id, span)
    kind = f"{TEXT}; charset=utf-8" if file.type == TEXT else file.type
    return StreamingResponse(pieces, 206 if span else 200, headers, media_type=kind)


async def preview(blobs: Blobs, file: File, asked: Mapping[str, str]) -> Response:
    """The small picture of a file. Raises NotFound when it has none."""
    if not file.has_preview:
        raise NotFound
    headers = _headers(f'"{file.id}-preview"', "inline")
    if _same(asked, headers["etag"]):
        return Response(status_code=304, headers=headers)
    pieces = await blobs.open("preview", file.blob_id)
    return StreamingResponse(pieces, headers=headers, media_type=PREVIEW_TYPE)


def _headers(etag: str, disposition: str) -> dict[str, str]:
    return {
        "etag": etag,
        # Kept by this browser only, and asked for again each time: rights may have changed.
        "cache-control": "private, no-cache",
        "content-disposition": disposition,
        "content-security-policy": POLICY,
        "x-content-type-options": "nosniff",
    }


def _disposition(file: File, *, download: bool) -> str:
    """RFC 6266: plain letters for the old, the whole name for the rest (RFC 8187). A PDF is for
    saving: Chromium's viewer runs the scripts in it, whatever the policy says; the client shows
    PDFs itself."""
    how = "inline" if file.type in SHOWN and not download else "attachment"
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " ._-()") else "_" for c in file.name)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"


def _same(asked: Mapping[str, str], etag: str) -> bool:
    known = [tag.strip().removeprefix("W/") for tag in asked.get("if-none-match", "").split(",")]
    return etag in known or known == ["*"]


def _span(asked: Mapping[str, str], etag: str, size: int) -> tuple[int, int] | None:
    """From and up to of a single range (RFC 9110 §14); None for the whole, which is also right
    when there are several or the words are not understood. Raises Unsatisfiable."""
    unit, _, ranges = asked.get("range", "").partition("=")
    first, dash, last = (part.strip() for part in ranges.partition("-"))
    if unit.strip().lower() != "bytes" or not dash or asked.get("if-range", etag) != etag:
        return None
    if not _number(first) or not _number(last) or not first + last:
        return None
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last) + 1, size) if first and last else size
    if first and last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return start, end


def _number(text: str) -> bool:
    return text == "" or (text.isascii() and text.isdigit() and len(text) < 19)
