"""Reactions of places to what happens in them."""

from collections.abc import Sequence

from courtyard.channels import conversations
from courtyard.core.outbox import Fact, on_name
from courtyard.core.unit_of_work import UnitOfWork


@on_name("message.posted")
async def bring_back(uow: UnitOfWork, facts: Sequence[Fact]) -> None:
    """What is said in a conversation brings it into the sidebars of its people."""
    await conversations.bring_back(uow, {fact.stream_id for fact in facts})
