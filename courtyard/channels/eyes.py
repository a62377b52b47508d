"""What a group looks like to somebody else: "view as" for roles and people."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts.models import User
from courtyard.channels.access import place_right, readable_streams
from courtyard.channels.schemas import SeenPlace
from courtyard.core.errors import NotFound
from courtyard.core.ids import new_id
from courtyard.groups.models import Member, MemberRole, Role
from courtyard.groups.permissions import place_names


async def of_roles(
    db: AsyncSession, viewer_id: UUID, group_id: UUID, role_ids: Collection[UUID]
) -> list[SeenPlace]:
    """What a person who has exactly these roles sees of a group, of the places the viewer sees.

    The rule stands in the view `place_right` alone, so it is asked about somebody who joins for
    the length of a savepoint. Raises NotFound for a role of another group.
    """
    own = await db.scalars(select(Role.id).where(Role.group_id == group_id, Role.id.in_(role_ids)))
    if set(own) != set(role_ids):
        raise NotFound
    trial = await db.begin_nested()
    try:
        somebody = User(id=new_id(), name="", status="invited", workspace_role="guest")
        db.add(somebody)
        await db.flush()
        db.add(Member(group_id=group_id, user_id=somebody.id))
        await db.flush()
        db.add_all(
            MemberRole(group_id=group_id, user_id=somebody.id, role_id=role_id)
            for role_id in set(role_ids)
        )
        await db.flush()
        return await _seen(db, viewer_id, group_id, somebody.id)
    finally:
        await trial.rollback()


async def of_member(
    db: AsyncSession, viewer_id: UUID, group_id: UUID, user_id: UUID
) -> list[SeenPlace]:
    """What a member sees of a group, of the places the viewer sees. Raises NotFound."""
    if await db.get(Member, (group_id, user_id)) is None:
        raise NotFound
    return await _seen(db, viewer_id, group_id, user_id)


async def _seen(
    db: AsyncSession, viewer_id: UUID, group_id: UUID, user_id: UUID
) -> list[SeenPlace]:
    mine = readable_streams(viewer_id).with_only_columns(place_right.c.channel_id)
    rows = await db.execute(
        readable_streams(user_id).where(
            place_right.c.group_id == group_id, place_right.c.channel_id.in_(mine)
        )
    )
    return [SeenPlace(id=row.channel_id, permissions=place_names(row.permissions)) for row in rows]
