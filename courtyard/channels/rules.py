"""The rules of a place: what it allows and denies beyond the roles, set as a whole.

Who sets rules gives nobody more than they have themselves, and does not lock themselves out.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.audit.service import record
from courtyard.channels import follows, readers, service
from courtyard.channels.access import OpenChannel, can, place_right
from courtyard.channels.models import Channel, Override
from courtyard.channels.readers import Rules
from courtyard.channels.schemas import Reach, Rule
from courtyard.core.errors import Conflict, Forbidden, NotFound
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups import moments
from courtyard.groups import service as groups
from courtyard.groups.access import open_group
from courtyard.groups.models import Member, Role
from courtyard.groups.permissions import PLACE, Permission, bits, place_names

VIEW, POST = int(Permission.VIEW), int(Permission.POST)


async def of_channel(db: AsyncSession, channel_id: UUID) -> list[Rule]:
    """The rules of a place: for everyone, for roles, for people."""
    return [
        Rule(
            subject_kind=kind,
            subject_id=None if kind == "everyone" else subject_id,
            allow=place_names(allow),
            deny=place_names(deny),
        )
        for (kind, subject_id), (allow, deny) in sorted(
            (await readers.stored(db, channel_id)).items()
        )
    ]


async def set_rules(
    uow: UnitOfWork, opened: OpenChannel, actor_id: UUID, wanted: Sequence[Rule]
) -> None:
    """Sets all rules of a place at once. People who are let in by name get it into their sidebar.

    Raises NotFound for a role or a person of another group, Forbidden for permissions the actor
    does not have, Conflict (`locked_out`) when the actor could not see the place any more.
    """
    before = await _replace(uow, opened, actor_id, wanted)
    if not await can(uow.db, actor_id, Permission.VIEW, opened.id):
        raise Conflict(
            "You would not see this place any more. Let yourself or a role of yours in.",
            code="locked_out",
        )
    after = await readers.stored(uow.db, opened.id)
    for (kind, user_id), (allow, _) in after.items():
        if kind == "user" and allow & VIEW and not before.get((kind, user_id), (0, 0))[0] & VIEW:
            await follows.follow(uow, user_id, opened.id)
    record(uow, "channel.rules", opened.id, rules=len(after))
    await service.tell(uow, opened.channel)


async def reach(
    uow: UnitOfWork, opened: OpenChannel, actor_id: UUID, wanted: Sequence[Rule]
) -> Reach:
    """Whom these rules would reach, without setting them. Raises as `set_rules`, but for locking
    oneself out: that is told as `locks_out`."""
    before = await _rights(uow.db, opened.id)
    trial = await uow.db.begin_nested()
    try:
        await _replace(uow, opened, actor_id, wanted)
        after = await _rights(uow.db, opened.id)
    finally:
        await trial.rollback()
    return _compare(before, after, actor_id)


def _compare(before: dict[UUID, int], after: dict[UUID, int], actor_id: UUID) -> Reach:
    def having(rights: dict[UUID, int], bit: int) -> set[UUID]:
        return {user_id for user_id, held in rights.items() if held & bit}

    saw, sees = having(before, VIEW), having(after, VIEW)
    changed = {user for user in saw | sees if before.get(user, 0) != after.get(user, 0)}
    return Reach(
        people=len(changed),
        let_in=len(sees - saw),
        shut_out=len(saw - sees),
        readers=len(sees),
        writers=len(having(after, POST) & sees),
        locks_out=actor_id not in sees,
    )


async def _rights(db: AsyncSession, channel_id: UUID) -> dict[UUID, int]:
    rows = await db.execute(
        select(place_right.c.user_id, place_right.c.permissions).where(
            place_right.c.channel_id == channel_id, place_right.c.permissions != 0
        )
    )
    return {row.user_id: row.permissions for row in rows}


async def _replace(
    uow: UnitOfWork, opened: OpenChannel, actor_id: UUID, wanted: Sequence[Rule]
) -> Rules:
    """Stores the rules and returns those before them."""
    group_id = opened.channel.group_id
    if group_id is None:
        raise Forbidden
    await groups.bump_access(uow, group_id)
    before = await readers.stored(uow.db, opened.id)
    after = _as_bits(opened.id, wanted)
    held = (await open_group(uow.db, actor_id, group_id)).permissions | opened.permissions
    _require_given(before, after, held)
    await _require_subjects(uow.db, group_id, set(after) - set(before))
    await uow.db.execute(delete(Override).where(Override.channel_id == opened.id))
    for (kind, subject_id), (allow, deny) in after.items():
        uow.db.add(
            Override(
                channel_id=opened.id,
                subject_kind=kind,
                subject_id=subject_id,
                allow=allow,
                deny=deny,
            )
        )
    await uow.db.flush()
    return before


def _as_bits(channel_id: UUID, wanted: Sequence[Rule]) -> Rules:
    stored: Rules = {}
    for rule in wanted:
        allow, deny = int(bits(rule.allow)), int(bits(rule.deny))
        if allow or deny:
            stored[rule.subject_kind, rule.subject_id or channel_id] = allow, deny
    return stored


def _require_given(before: Rules, after: Rules, held: Permission) -> None:
    """Raises Forbidden when a rule gives, or no longer takes, what the actor does not have."""
    for subject in set(before) | set(after):
        (allowed, denied), (allow, deny) = before.get(subject, (0, 0)), after.get(subject, (0, 0))
        if ((allow & ~allowed) | (denied & ~deny)) & ~int(held) & int(PLACE):
            raise Forbidden("You cannot give in this place what you may not do here yourself.")


async def _require_subjects(
    db: AsyncSession, group_id: UUID, subjects: Collection[tuple[str, UUID]]
) -> None:
    """Raises NotFound unless the roles and people belong to the group."""
    for kind, model, key in (
        ("role", Role.group_id, Role.id),
        ("user", Member.group_id, Member.user_id),
    ):
        ids = {subject_id for found, subject_id in subjects if found == kind}
        own = await db.scalars(select(key).where(model == group_id, key.in_(ids)))
        if set(own) != ids:
            raise NotFound


async def _role_removed(uow: UnitOfWork, group_id: UUID, role_id: UUID) -> None:
    mine = select(Channel.id).where(Channel.group_id == group_id)
    await uow.db.execute(
        delete(Override).where(
            Override.channel_id.in_(mine),
            Override.subject_kind == "role",
            Override.subject_id == role_id,
        )
    )


moments.role_removed.append(_role_removed)
