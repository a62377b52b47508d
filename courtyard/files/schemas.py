"""The wire of files."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from courtyard.accounts.schemas import UserOut
from courtyard.files.kinds import Kind
from courtyard.files.names import FileName


class FileOut(BaseModel):
    """A file. `type` is the media type under which it is served, `size` is in bytes; `width` and
    `height` are pixels of a picture as seen upright, or of the preview of a PDF."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    type: str
    kind: Kind
    size: int
    width: int | None
    height: int | None
    has_preview: bool
    uploader_id: UUID
    created_at: datetime


class NewUpload(BaseModel):
    client_id: UUID
    name: FileName
    size: int = Field(ge=0, lt=2**53)


class UploadOut(BaseModel):
    """An upload: send the bytes from `received` on, at most `chunk_size` at once. When all have
    arrived `file` is there; when it is not, because something came between, an empty piece at
    the end asks for it again."""

    id: UUID
    size: int
    received: int
    chunk_size: int
    file: FileOut | None


class PlacedFile(FileOut):
    """A file of a place, and what it is attached to there."""

    object_kind: str
    object_id: UUID


class FilesPage(BaseModel):
    """Files of a place, newest first, with the people who brought them; `before` leads on and is
    null at the end."""

    files: list[PlacedFile]
    users: list[UserOut]
    before: str | None
