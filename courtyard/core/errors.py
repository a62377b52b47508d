"""One family of errors: each has a stable code, an HTTP status and a sentence for a person."""

from collections.abc import Mapping
from typing import Self


class CourtyardError(Exception):
    """What went wrong, told so that a person knows what to do next.

    `code` is stable and meant for programs, `message` for people, `fields` names the inputs
    that were wrong, `retry_after` is in seconds.
    """

    code = "internal"
    status = 500
    message = "Something failed here. Try again; if it stays, quote the reference to your admin."

    def __init__(
        self,
        message: str | None = None,
        *,
        code: str | None = None,
        fields: Mapping[str, str] | None = None,
        retry_after: int | None = None,
    ) -> None:
        self.code = code or self.code
        self.message = message or self.message
        self.fields = dict(fields) if fields else None
        self.retry_after = retry_after
        super().__init__(self.message)

    def with_status(self, status: int) -> Self:
        """The same error under another HTTP status, for the rare one that has no class."""
        self.status = status
        return self


class Unauthenticated(CourtyardError):
    code = "unauthenticated"
    status = 401
    message = "You are signed out. Sign in to carry on."


class Forbidden(CourtyardError):
    """The person may know of the object but may not do this with it."""

    code = "forbidden"
    status = 403
    message = "You may not do this here. Ask somebody who looks after this place."


class NotFound(CourtyardError):
    """Absent, or the person may not know of it: the two answers are the same on purpose."""

    code = "not_found"
    status = 404
    message = "There is nothing here, or it is not open to you."


class Conflict(CourtyardError):
    code = "conflict"
    status = 409
    message = "This was changed meanwhile. Look at it again and repeat your change."


class TooLarge(CourtyardError):
    code = "too_large"
    status = 413
    message = "That is larger than this server accepts."


class Invalid(CourtyardError):
    code = "invalid"
    status = 422
    message = "Some of this cannot be right. Look at the marked fields."


class TooMany(CourtyardError):
    code = "too_many"
    status = 429
    message = "That was a little fast. Wait a moment and try again."


class Unavailable(CourtyardError):
    """The outcome may be unknown to the caller: resending the same request is safe."""

    code = "unavailable"
    status = 503
    message = "The server is catching its breath. This is retried by itself."


class DiskFull(Unavailable):
    """Nothing more can be stored for now. Reading goes on, and what was refused can be resent."""

    code = "disk_full"
    message = (
        "The server's disk is full: reading goes on, writing waits. "
        "Tell the person who looks after it to free some space."
    )


class StartupError(CourtyardError):
    """Courtyard refuses to start; `message` is one line that names the setting and the fix."""

    code = "startup"
