"""What a client does to bring a file, and things to bring."""

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from PIL import Image

from courtyard.files import finishing, service

if TYPE_CHECKING:
    from tests.house import House
    from tests.person import Person

CHUNK = 2 * 2**20


async def begin(person: "Person", name: str, size: int, expect: int = 201, **more: Any) -> Any:
    """A new upload."""
    body = {"client_id": str(uuid4()), "name": name, "size": size, **more}
    return await person.post("/api/uploads", body, expect)


async def send(
    person: "Person", upload: str, offset: int, data: bytes, expect: int = 200
) -> dict[str, Any]:
    """One piece."""
    headers = {"upload-offset": str(offset)}
    path = f"/api/uploads/{upload}"
    answer: dict[str, Any] = await person.patch(path, None, expect, content=data, headers=headers)
    return answer


async def bring(person: "Person", name: str, data: bytes) -> dict[str, Any]:
    """A whole file, loose."""
    state = await begin(person, name, len(data))
    while state["file"] is None:
        offset = state["received"]
        piece = data[offset : offset + state["chunk_size"]]
        state = await send(person, state["id"], offset, piece)
    file: dict[str, Any] = state["file"]
    return file


async def attach(house: "House", person: "Person", place: UUID, *files: Any) -> UUID:
    """Attaches loose files to an object of the place, as a slice above does; the object's id."""
    said = uuid4()
    async with house.work(person.id) as uow:
        await service.attach(uow, person.id, place, "message", said, _ids(files))
    return said


async def bring_to(house: "House", person: "Person", place: UUID, name: str, data: bytes) -> Any:
    """A file in a place."""
    file = await bring(person, name, data)
    await attach(house, person, place, file)
    return file


async def content(person: "Person", file: dict[str, Any]) -> bytes:
    """What a file holds, as the person gets it."""
    answer = await person.ask("GET", f"/api/files/{file['id']}/content", 200)
    return bytes(answer.content)


async def chunks(house: "House", upload: str) -> list[UUID]:
    """The pieces of an upload that are kept."""
    return await house.state.blobs.ids(finishing.chunks_of(UUID(upload)))


def _ids(files: Any) -> list[UUID]:
    return [UUID(file["id"]) for file in files]


def picture(kind: str = "PNG", size: tuple[int, int] = (64, 40), **options: Any) -> bytes:
    """A picture of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind, **options)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is large and holds next to nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 99)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def pdf(catalog: str = "") -> bytes:
    """A PDF of one empty page; `catalog` are further entries, such as what to do when opened."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    start = len(out)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out += f"xref\n0 4\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
