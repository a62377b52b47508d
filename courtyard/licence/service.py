"""The verbs of the licence, and the seats. The only writer of licences.

A seat is a human who has signed in and is active. Over the seats nobody new signs in for the
first time; who has a seat keeps it, who looks after the workspace always gets in, and nothing is
ever hidden or withheld.
"""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard import RELEASED
from courtyard.accounts import moments
from courtyard.accounts.models import User
from courtyard.audit.service import record
from courtyard.core.errors import Forbidden
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.licence import paper
from courtyard.licence.models import Licence
from courtyard.licence.paper import BadLicence, Facts, Keys
from courtyard.licence.schemas import Covered, LicenceOut
from courtyard.workspace.models import Workspace

FREE_SEATS = 10
# The keys this process trusts, set when it is composed: a hook is not handed the settings.
TRUSTED: dict[str, bytes] = {}


class NoSeats(Forbidden):
    """Everybody whom the licence lets in is in."""

    code = "no_seats"
    message = (
        "All seats of this workspace are taken, so you cannot sign in for the first time. "
        "Ask the person who looks after it for a seat."
    )


def trust(keys: Keys) -> None:
    """Makes these the keys this process believes."""
    TRUSTED.clear()
    TRUSTED.update(keys)


async def install(uow: UnitOfWork, text: str) -> LicenceOut:
    """Puts a licence in place of the former one. Raises BadLicence; the former then stays."""
    facts = paper.read(text, TRUSTED)
    uow.db.add(Licence(text=text, installed_by=uow.actor_id))
    record(uow, "licence.installed", facts.id, seats=facts.seats)
    await uow.db.flush()
    return await show(uow.db)


async def show(db: AsyncSession) -> LicenceOut:
    """How the workspace stands."""
    stored, facts, problem = await _present(db)
    return LicenceOut(
        edition="licensed" if facts else "free",
        seats=facts.seats if facts else FREE_SEATS,
        seats_used=await seats_used(db),
        released=RELEASED,
        installed_at=stored.installed_at if stored else None,
        licence=covered(facts) if facts else None,
        problem=problem,
    )


def covered(facts: Facts, released: date = RELEASED) -> Covered:
    """What a licence covers."""
    return Covered(
        **facts.model_dump(exclude={"key"}), covers_release=released <= facts.support_until
    )


def look(text: str) -> Covered:
    """What a licence would cover. Raises BadLicence."""
    return covered(paper.read(text, TRUSTED))


async def seats_used(db: AsyncSession) -> int:
    """How many seats are taken."""
    return (
        await db.scalar(
            select(func.count()).where(
                User.kind == "human",
                User.status == "active",
                User.first_signed_in_at.is_not(None),
            )
        )
    ) or 0


async def _present(db: AsyncSession) -> tuple[Licence | None, Facts | None, str | None]:
    stored = await db.scalar(select(Licence).order_by(Licence.id.desc()).limit(1))
    if stored is None:
        return None, None, None
    try:
        return stored, paper.read(stored.text, TRUSTED), None
    except BadLicence as error:
        return stored, None, error.message


async def take_seat(uow: UnitOfWork, user: User) -> None:
    """Gives a person who signs in for the first time a seat. Of two who want the last one at
    once, one gets it. Raises NoSeats."""
    if user.kind != "human" or user.workspace_role in {"owner", "admin"}:
        return
    await uow.db.execute(select(Workspace.id).with_for_update(key_share=True))
    _, facts, _ = await _present(uow.db)
    if await seats_used(uow.db) >= (facts.seats if facts else FREE_SEATS):
        raise NoSeats


moments.seated.append(take_seat)
