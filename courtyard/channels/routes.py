"""HTTP of channels, conversations, and the people one knows."""

from typing import Annotated
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response

from courtyard.accounts import blocks
from courtyard.accounts.access import MediaReader, SignedInActor
from courtyard.accounts.schemas import BlockOut, UserOut
from courtyard.channels import conversations, follows, layout, people, queries, service
from courtyard.channels.access import ManagedChannel, ReadableChannel
from courtyard.channels.models import Category
from courtyard.channels.schemas import (
    CategoryChange,
    CategoryOut,
    ChannelChange,
    ChannelOut,
    Conversations,
    Default,
    Layout,
    Listed,
    NewCategory,
    NewChannel,
    NewConversation,
    Places,
    Private,
    Read,
)
from courtyard.core.blobs import Blobs
from courtyard.core.bus import Bus, Frame
from courtyard.core.errors import Forbidden, NotFound
from courtyard.core.policies import policy
from courtyard.core.unit_of_work import Work
from courtyard.groups.access import ArrangedGroup, ReadableGroup, open_group
from courtyard.groups.permissions import Permission
from courtyard.groups.schemas import Archived, Hearing

router = APIRouter(prefix="/api", tags=["channels"])
Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[str | None, Query(max_length=1000)]


@policy("category: manage channels")
async def _managed_category(category_id: UUID, actor: SignedInActor, uow: Work) -> Category:
    category = await uow.db.get(Category, category_id)
    if category is None:
        raise NotFound
    group = await open_group(uow.db, actor.id, category.group_id)
    if not group.permissions & Permission.MANAGE_CHANNELS:
        raise Forbidden
    return category


ManagedCategory = Annotated[Category, Depends(_managed_category)]


@router.get("/places")
async def get_places(actor: SignedInActor, uow: Work) -> Places:
    return await queries.places(uow.db, actor.id)


@router.get("/users")
async def get_users(
    ids: Annotated[list[UUID], Query(alias="id", max_length=100)], actor: SignedInActor, uow: Work
) -> list[UserOut]:
    return await people.faces(uow.db, actor.user, ids)


@router.get("/users/{user_id}/avatar", response_class=Response)
async def get_avatar(user_id: UUID, request: Request, actor: MediaReader, uow: Work) -> Response:
    version = next((f.avatar for f in await people.faces(uow.db, actor.user, [user_id])), None)
    if version is None:
        raise NotFound
    blobs: Blobs = request.app.state.blobs
    picture = await blobs.get("avatar", UUID(version))
    return Response(
        picture,
        media_type="image/webp",
        headers={
            "cache-control": "private, max-age=31536000, immutable",
            "etag": f'"{version}"',
            "content-security-policy": "sandbox; default-src 'none'",
        },
    )


@router.get("/me/blocks")
async def get_blocks(actor: SignedInActor, uow: Work) -> list[BlockOut]:
    return await blocks.mine(uow.db, actor.id)


@router.put("/me/blocks/{user_id}", status_code=204)
async def block_user(user_id: UUID, actor: SignedInActor, uow: Work) -> None:
    await people.require_known(uow.db, actor.user, user_id)
    await blocks.block(uow, actor.id, user_id)


@router.delete("/me/blocks/{user_id}", status_code=204)
async def unblock_user(user_id: UUID, actor: SignedInActor, uow: Work) -> None:
    await blocks.unblock(uow, actor.id, user_id)


@router.post("/conversations", status_code=201)
async def open_conversation(
    body: NewConversation, actor: SignedInActor, request: Request, uow: Work
) -> ChannelOut:
    await request.app.state.limiter.hit("create", str(actor.id))
    channel = await conversations.open(uow, actor, body.user_ids)
    await uow.db.flush()
    return await queries.one(uow.db, actor.id, channel.id)


@router.get("/conversations")
async def get_conversations(
    actor: SignedInActor, uow: Work, after: After = None, limit: Limit = 50
) -> Conversations:
    return await queries.conversations(uow.db, actor.id, after, limit)


@router.get("/groups/{group_id}/channels")
async def browse_channels(group: ReadableGroup, actor: SignedInActor, uow: Work) -> list[Listed]:
    return await queries.browse(uow.db, actor.id, group.id)


@router.post("/groups/{group_id}/channels", status_code=201)
async def create_channel(
    body: NewChannel, group: ArrangedGroup, actor: SignedInActor, request: Request, uow: Work
) -> ChannelOut:
    await request.app.state.limiter.hit("create", str(actor.id))
    channel = await service.create(uow, group, actor.id, body)
    await uow.db.flush()
    return await queries.one(uow.db, actor.id, channel.id)


@router.get("/channels/{channel_id}")
async def get_channel(channel: ReadableChannel, actor: SignedInActor, uow: Work) -> ChannelOut:
    return await queries.one(uow.db, actor.id, channel.id)


@router.patch("/channels/{channel_id}")
async def change_channel(
    body: ChannelChange, channel: ManagedChannel, actor: SignedInActor, uow: Work
) -> ChannelOut:
    await service.change(uow, channel, actor.id, body)
    return await queries.one(uow.db, actor.id, channel.id)


@router.put("/channels/{channel_id}/private")
async def set_channel_private(
    body: Private, channel: ManagedChannel, actor: SignedInActor, uow: Work
) -> ChannelOut:
    await service.set_private(uow, channel, actor.id, private=body.private)
    return await queries.one(uow.db, actor.id, channel.id)


@router.put("/channels/{channel_id}/default")
async def set_channel_default(
    body: Default, channel: ManagedChannel, actor: SignedInActor, uow: Work
) -> ChannelOut:
    await service.set_default(uow, channel, default=body.default)
    return await queries.one(uow.db, actor.id, channel.id)


@router.put("/channels/{channel_id}/archived")
async def archive_channel(
    body: Archived, channel: ManagedChannel, actor: SignedInActor, uow: Work
) -> ChannelOut:
    await service.archive(uow, channel, archived=body.archived)
    return await queries.one(uow.db, actor.id, channel.id)


@router.put("/groups/{group_id}/layout", status_code=204)
async def arrange_channels(
    body: Layout, group: ArrangedGroup, actor: SignedInActor, uow: Work
) -> None:
    await layout.arrange(uow, group.id, actor.id, body)


@router.post("/groups/{group_id}/categories", status_code=201)
async def create_category(body: NewCategory, group: ArrangedGroup, uow: Work) -> CategoryOut:
    return queries.to_category(await layout.add_category(uow, group.id, body))


@router.patch("/categories/{category_id}")
async def rename_category(
    body: CategoryChange, category: ManagedCategory, uow: Work
) -> CategoryOut:
    await layout.rename_category(uow, category, body.name)
    return queries.to_category(category)


@router.delete("/categories/{category_id}", status_code=204)
async def remove_category(category: ManagedCategory, uow: Work) -> None:
    await layout.remove_category(uow, category)


@router.put("/channels/{channel_id}/follow")
async def follow_channel(
    body: Hearing, channel: ReadableChannel, actor: SignedInActor, uow: Work
) -> ChannelOut:
    await follows.hear(uow, actor.id, channel.id, body)
    await uow.db.flush()
    return await queries.one(uow.db, actor.id, channel.id)


@router.delete("/channels/{channel_id}/follow", status_code=204)
async def unfollow_channel(channel: ReadableChannel, actor: SignedInActor, uow: Work) -> None:
    await follows.unfollow(uow, actor.id, channel.id)


@router.put("/channels/{channel_id}/read", status_code=204)
async def mark_channel_read(
    body: Read, channel: ReadableChannel, actor: SignedInActor, request: Request, uow: Work
) -> None:
    mark = await follows.mark_read(uow, actor.id, channel.id, body)
    bus: Bus = request.app.state.bus
    frame = Frame(actor.id, 0, orjson.dumps(mark.model_dump(mode="json")))
    uow.after_commit.append(lambda: bus.publish(frame))
