"""HTTP of messages. The two hot paths check access inside their statement and answer raw JSON;
their schemas are declared for the contract and held against the answers by tests."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import TypeAdapter

from courtyard.accounts.access import SignedInActor, bearer
from courtyard.accounts.tokens import Claim
from courtyard.channels.access import ReadableChannel
from courtyard.core import hot
from courtyard.core.emoji import Emoji
from courtyard.core.hot import Hot
from courtyard.core.policies import policy
from courtyard.core.unit_of_work import Work, cause_of
from courtyard.messages import history, reactions, service, versions, whole
from courtyard.messages.compose import compose, new_readers
from courtyard.messages.post import Draft
from courtyard.messages.schemas import (
    MessageChange,
    MessageOut,
    MessagePage,
    Messages,
    NewMessage,
    NewReaders,
    PageQuery,
    Posted,
    ReactionOut,
    Version,
)
from courtyard.messages.service import OpenMessage, open_message

router = APIRouter(prefix="/api", tags=["messages"])


@policy("channel: post, checked in the statement")
async def _poster(request: Request) -> Claim:
    claim = bearer(request)
    await request.app.state.limiter.hit_here("post", str(claim.user_id))
    return claim


@policy("channel: view, checked in the statement")
async def _reader(request: Request) -> Claim:
    claim = bearer(request)
    await request.app.state.limiter.hit_here("read", str(claim.user_id))
    return claim


@policy("channel of the message: view")
async def _message(message_id: UUID, actor: SignedInActor, uow: Work) -> OpenMessage:
    return await open_message(uow.db, actor.id, message_id)


ReadableMessage = Annotated[OpenMessage, Depends(_message)]


@router.post("/channels/{channel_id}/messages", status_code=201, response_model=Posted)
async def post_message(
    channel_id: UUID,
    body: NewMessage,
    claim: Annotated[Claim, Depends(_poster)],
    request: Request,
) -> Response:
    state: Any = request.app.state
    draft = Draft(channel_id, body, cause_of(request))
    if body.plain:
        posted = await state.poster.post(claim, draft)
    else:
        made = await compose(state.database, state.bus, state.ring, claim, draft)
        posted = made.model_dump_json().encode()
    return Response(posted, 201, media_type="application/json")


@router.get("/channels/{channel_id}/messages", response_model=MessagePage)
async def get_messages(
    channel_id: UUID,
    query: Annotated[PageQuery, Query()],
    claim: Annotated[Claim, Depends(_reader)],
    request: Request,
) -> Response:
    state: Any = request.app.state
    page = await history.page(state.database, state.ring, claim, channel_id, query)
    return Response(page, media_type="application/json")


_new_message = TypeAdapter(NewMessage)
_page_query = TypeAdapter(PageQuery)


async def _hot_post(request: Request, body: bytes, channel_id: UUID) -> Response:
    message = hot.parsed(_new_message, body)
    return await post_message(channel_id, message, await _poster(request), request)


async def _hot_page(request: Request, _: bytes, channel_id: UUID) -> Response:
    query = hot.asked(_page_query, request)
    return await get_messages(channel_id, query, await _reader(request), request)


HOT = (
    Hot("POST", "/api/channels/{channel_id}/messages", _hot_post),
    Hot("GET", "/api/channels/{channel_id}/messages", _hot_page),
)


@router.get("/messages/{message_id}")
async def get_message(
    message: ReadableMessage, actor: SignedInActor, request: Request, uow: Work
) -> MessageOut:
    return await whole.out(uow.db, request.app.state.ring, message.message, actor.id)


@router.patch("/messages/{message_id}")
async def edit_message(
    body: MessageChange, message: ReadableMessage, actor: SignedInActor, request: Request, uow: Work
) -> MessageOut:
    return await service.edit(uow, request.app.state.ring, message, actor.id, body.text)


@router.delete("/messages/{message_id}", status_code=204)
async def delete_message(
    message: ReadableMessage, actor: SignedInActor, request: Request, uow: Work
) -> None:
    await service.remove(uow, request.app.state.ring, message, actor.id)


@router.get("/messages/{message_id}/versions")
async def get_versions(message: ReadableMessage, request: Request, uow: Work) -> list[Version]:
    return await versions.of(uow.db, request.app.state.ring, message.message.id)


@router.get("/messages/{message_id}/new-readers/{channel_id}")
async def get_new_readers(
    message: ReadableMessage, channel: ReadableChannel, uow: Work
) -> NewReaders:
    return NewReaders(count=await new_readers(uow.db, message.message, channel.id))


@router.put("/messages/{message_id}/reactions/{emoji}")
async def react(
    emoji: Emoji, message: ReadableMessage, actor: SignedInActor, uow: Work
) -> list[ReactionOut]:
    return await reactions.react(uow, message, actor.id, emoji)


@router.delete("/messages/{message_id}/reactions/{emoji}")
async def take_reaction_back(
    emoji: Emoji, message: ReadableMessage, actor: SignedInActor, uow: Work
) -> list[ReactionOut]:
    return await reactions.take_back(uow, message, actor.id, emoji)


@router.put("/messages/{message_id}/pin", status_code=204)
async def pin_message(message: ReadableMessage, request: Request, uow: Work) -> None:
    await service.pin(uow, request.app.state.ring, message, pinned=True)


@router.delete("/messages/{message_id}/pin", status_code=204)
async def unpin_message(message: ReadableMessage, request: Request, uow: Work) -> None:
    await service.pin(uow, request.app.state.ring, message, pinned=False)


@router.get("/channels/{channel_id}/pins")
async def get_pins(
    channel: ReadableChannel, actor: SignedInActor, request: Request, uow: Work
) -> Messages:
    return await service.pinned(uow.db, request.app.state.ring, actor.id, channel.id)
