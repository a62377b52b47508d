"""HTTP of threads, and of what a person keeps for themself: saved messages and drafts."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from courtyard.accounts.access import SignedInActor, bearer
from courtyard.channels.access import ReadableChannel
from courtyard.core.policies import policy
from courtyard.core.unit_of_work import Work
from courtyard.messages import history, inbox, saving, threads
from courtyard.messages.routes import ReadableMessage
from courtyard.messages.schemas import DraftOut, DraftText, MessagePage, PageQuery, SavedPage
from courtyard.messages.thread_schemas import (
    FollowedPage,
    ThreadFollowing,
    ThreadRead,
    ThreadState,
    ThreadView,
)
from courtyard.messages.threads import OpenThread, open_thread

router = APIRouter(prefix="/api", tags=["threads"])
Limit = Annotated[int, Query(ge=1, le=100)]
Before = Annotated[str | None, Query(max_length=1000)]


@policy("channel of the thread: view")
async def _thread(thread_id: UUID, actor: SignedInActor, uow: Work) -> OpenThread:
    return await open_thread(uow.db, actor.id, thread_id)


ReadableThread = Annotated[OpenThread, Depends(_thread)]


@router.get("/messages/{message_id}/thread")
async def get_thread_of_message(
    message: ReadableMessage, actor: SignedInActor, request: Request, uow: Work
) -> ThreadView:
    return await inbox.view(uow.db, request.app.state.ring, actor.id, message.message)


@router.get("/threads/{thread_id}/messages", response_model=MessagePage)
async def get_replies(
    thread: ReadableThread, query: Annotated[PageQuery, Query()], request: Request
) -> Response:
    state: Any = request.app.state
    place, claim = thread.thread.channel_id, bearer(request)
    page = await history.page(state.database, state.ring, claim, place, query, thread.thread.id)
    return Response(page, media_type="application/json")


@router.put("/threads/{thread_id}/follow")
async def follow_thread(
    body: ThreadFollowing, thread: ReadableThread, actor: SignedInActor, uow: Work
) -> ThreadState:
    return await threads.follow(uow, actor.id, thread.thread.id, following=body.following)


@router.put("/threads/{thread_id}/read")
async def mark_thread_read(
    body: ThreadRead, thread: ReadableThread, actor: SignedInActor, uow: Work
) -> ThreadState:
    return await threads.mark_read(uow, actor.id, thread.thread.id, body.position, back=body.back)


@router.put("/threads/read", status_code=204)
async def mark_all_threads_read(actor: SignedInActor, uow: Work) -> None:
    await threads.mark_all_read(uow, actor.id)


@router.get("/threads")
async def get_threads(
    actor: SignedInActor, request: Request, uow: Work, before: Before = None, limit: Limit = 20
) -> FollowedPage:
    return await inbox.page(uow.db, request.app.state.ring, actor.id, before, limit)


@router.put("/messages/{message_id}/saved", status_code=204)
async def save_message(message: ReadableMessage, actor: SignedInActor, uow: Work) -> None:
    await saving.save(uow, actor.id, message.message.id, saved=True)


@router.delete("/messages/{message_id}/saved", status_code=204)
async def unsave_message(message: ReadableMessage, actor: SignedInActor, uow: Work) -> None:
    await saving.save(uow, actor.id, message.message.id, saved=False)


@router.get("/saved")
async def get_saved(
    actor: SignedInActor, request: Request, uow: Work, before: Before = None, limit: Limit = 50
) -> SavedPage:
    return await saving.saved(uow.db, request.app.state.ring, actor.id, before, limit)


@router.get("/saved/ids")
async def get_saved_ids(actor: SignedInActor, uow: Work) -> list[UUID]:
    return await saving.saved_ids(uow.db, actor.id)


@router.put("/channels/{channel_id}/draft", status_code=204)
async def put_draft(
    body: DraftText,
    channel: ReadableChannel,
    actor: SignedInActor,
    uow: Work,
    root_id: UUID | None = None,
) -> None:
    await saving.put_draft(uow, actor.id, channel.id, root_id, body.text)


@router.get("/drafts")
async def get_drafts(actor: SignedInActor, request: Request, uow: Work) -> list[DraftOut]:
    return await saving.drafts(uow.db, request.app.state.ring, actor.id)
