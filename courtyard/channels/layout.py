"""The order of a group's list: categories, and where each channel stands."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.channels.access import place_right, readable_streams
from courtyard.channels.models import Category, Channel
from courtyard.channels.schemas import Layout, NewCategory, PlacesChanged
from courtyard.core.errors import NotFound
from courtyard.core.ids import new_id
from courtyard.core.unit_of_work import UnitOfWork


async def announce(uow: UnitOfWork, group_id: UUID) -> None:
    """Tells the group that its list of places is another one."""
    uow.emit(group_id, PlacesChanged(), group_id)


async def add_category(uow: UnitOfWork, group_id: UUID, body: NewCategory) -> Category:
    """A new heading at the end. Idempotent by client id."""
    last = await uow.db.scalar(
        select(func.max(Category.position)).where(Category.group_id == group_id)
    )
    category = Category(
        id=new_id(),
        group_id=group_id,
        client_id=body.client_id,
        name=body.name,
        position=(last if last is not None else -1) + 1,
    )
    try:
        async with uow.db.begin_nested():
            uow.db.add(category)
    except IntegrityError:
        made = await uow.db.execute(
            select(Category).where(
                Category.group_id == group_id, Category.client_id == body.client_id
            )
        )
        return made.scalar_one()
    await announce(uow, group_id)
    return category


async def rename_category(uow: UnitOfWork, category: Category, name: str) -> None:
    """Renames a heading."""
    category.name = name
    await announce(uow, category.group_id)


async def remove_category(uow: UnitOfWork, category: Category) -> None:
    """Removes a heading; its channels stay, without one."""
    await announce(uow, category.group_id)
    await uow.db.delete(category)


async def arrange(uow: UnitOfWork, group_id: UUID, actor_id: UUID, layout: Layout) -> None:
    """Orders categories and channels. Channels the arranger cannot see keep their place; ids of
    other groups are passed over. Raises NotFound for a category of another group."""
    await require_own_categories(uow.db, group_id, [slot.category_id for slot in layout.channels])
    headings = await uow.db.scalars(
        select(Category)
        .where(Category.group_id == group_id, Category.id.in_(layout.categories))
        .order_by(Category.id)
        .with_for_update(key_share=True)
    )
    order = {category_id: position for position, category_id in enumerate(layout.categories)}
    for category in headings:
        category.position = order[category.id]
    # Rows are locked in the order of their ids, so that two arrangers do not wait for each other.
    seen = readable_streams(actor_id).with_only_columns(place_right.c.channel_id)
    slots = {slot.id: (position, slot) for position, slot in enumerate(layout.channels)}
    channels = await uow.db.scalars(
        select(Channel)
        .where(Channel.group_id == group_id, Channel.id.in_(slots), Channel.id.in_(seen))
        .order_by(Channel.id)
        .with_for_update(key_share=True)
    )
    for channel in channels:
        channel.position, slot = slots[channel.id]
        channel.category_id = slot.category_id
    await announce(uow, group_id)


async def require_own_categories(
    db: AsyncSession, group_id: UUID, ids: Sequence[UUID | None]
) -> None:
    """Raises NotFound unless all these categories belong to the group."""
    wanted = {category_id for category_id in ids if category_id}
    own = await db.scalars(
        select(Category.id)
        .where(Category.group_id == group_id, Category.id.in_(wanted))
        .order_by(Category.id)
        .with_for_update(read=True, key_share=True)
    )
    if set(own) != wanted:
        raise NotFound
