"""The client's files: content-hashed assets for ever, the shell for every page."""

import mimetypes
from pathlib import Path

from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

FOLDER = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
NOT_BUILT = "The client is not built. Run `make build`, then start the server again.\n"
mimetypes.add_type("application/manifest+json", ".webmanifest")
mimetypes.add_type("font/woff2", ".woff2")


class Client:
    """An ASGI application for everything that is not the API."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._answer(scope["method"], scope["path"])
        await response(scope, receive, send)

    def _answer(self, method: str, path: str) -> Response:
        if method not in ("GET", "HEAD"):
            return PlainTextResponse("Method not allowed.\n", 405)
        file = self._file(path)
        if file:
            lasting = FOREVER if path.startswith("/assets/") else ASK_AGAIN
            return FileResponse(file, headers={"cache-control": lasting})
        if "." in path.rsplit("/", 1)[-1]:
            return PlainTextResponse("Not found.\n", 404)
        shell = self._folder / "index.html"
        if not shell.exists():
            return PlainTextResponse(NOT_BUILT, 503)
        return FileResponse(shell, headers={"cache-control": ASK_AGAIN})

    def _file(self, path: str) -> Path | None:
        """The file of a path, never one outside the folder."""
        if "\x00" in path:
            return None
        try:
            file = (self._folder / path.lstrip("/")).resolve()
            return file if file.is_file() and file.is_relative_to(self._folder) else None
        except OSError:  # a name longer than the disk takes
            return None
