"""Accounts for everybody whom an export lists or who spoke in it."""

import re
from collections.abc import Iterable
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from courtyard.accounts import bulk as accounts
from courtyard.accounts.bulk import NewAccount
from courtyard.accounts.models import User
from courtyard.core.text import Line, Name
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.integrations.slack.listed import SLACKBOT, Person
from courtyard.integrations.slack.mrkdwn import unescaped
from courtyard.integrations.slack.names import Names
from courtyard.integrations.slack.said import Author

# Looser than what people type into forms: addresses of inner networks are addresses too.
_ADDRESS = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]{1,189}")
_NAME: TypeAdapter[str] = TypeAdapter(Name)
_LINE: TypeAdapter[str] = TypeAdapter(Line)
# A bridge to another network gives its bot a new name for each person there.
BOT_NAME_LIMIT = 2000


def short(text: str, limit: int, otherwise: str) -> str:
    """A name or line as Courtyard stores it: tidied and at most `limit` characters."""
    kind = _NAME if limit <= 80 else _LINE
    try:
        return kind.validate_python(" ".join(unescaped(text).split())[:limit])
    except ValidationError:
        return otherwise


class People:
    """Who is who: Slack ids to accounts, and the accounts that are still to be made."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._accounts: dict[str, UUID] = {}
        self._bots: dict[str, str] = {}
        self._bot_titles: dict[str, str] = {}
        self._bot_accounts: set[UUID] = set()
        self._made: set[UUID] = set()
        self._closed: set[UUID] = set()
        self._wanted: dict[UUID, NewAccount] = {}

    async def store(self, uow: UnitOfWork, people: Iterable[Person]) -> int:
        """Finds or makes the accounts of listed people; returns how many are new."""
        batch = {self._names.person(one.id): one for one in people}
        there = await accounts.by_ids(uow.db, batch)
        self._note_closed(there.values())
        missing = {made: one for made, one in batch.items() if made not in there}
        addresses = {address(one) for one in missing.values()} - {None}
        matched = await accounts.by_emails(uow.db, [one for one in addresses if one])
        self._note_closed(matched.values())
        new: dict[UUID, NewAccount] = {}
        found: dict[str, UUID] = {one.id: made for made, one in batch.items()}
        for made, one in missing.items():
            email = address(one)
            if email and email in matched:
                found[one.id] = matched[email].id
            elif email and (twin := _with_email(new, email)):
                found[one.id] = twin
            else:
                new[made] = _account(made, one)
        stored = await accounts.add_many(uow, list(new.values()))
        self._accounts |= found
        self._made |= set(found.values())
        self._bots |= {one.bot_id: one.id for one in batch.values() if one.bot_id}
        return len(stored)

    def _note_closed(self, users: Iterable[User]) -> None:
        self._closed |= {user.id for user in users if user.status == "deactivated"}

    def members(self, people: Iterable[Person]) -> list[UUID]:
        """The accounts of those who take part: not of bots and of those who left."""
        found = [
            self._accounts[one.id]
            for one in people
            if one.id in self._accounts and not one.bot and not one.deleted
        ]
        return [made for made in dict.fromkeys(found) if made not in self._closed]

    def all(self) -> list[UUID]:
        """The accounts of everybody who is listed."""
        return list(dict.fromkeys(self._accounts.values()))

    def name_bot(self, bot_id: str, title: str) -> None:
        """Remembers what a bot is called, for one that does not say it itself."""
        self._bot_titles.setdefault(bot_id, title)

    def author(self, author: Author) -> UUID:
        """The account of somebody who spoke; the next `make_missing` makes it if need be."""
        user = author.user or ("" if author.name else self._bots.get(author.bot, ""))
        if user in self._accounts:
            return self._accounts[user]
        account = self._stranger(user, author) if user else self._bot(author)
        if account.id not in self._made:
            self._wanted[account.id] = account
        return account.id

    def _stranger(self, user: str, author: Author) -> NewAccount:
        """Somebody of another workspace, or deleted long ago: known by their messages only, so
        there is nobody to invite."""
        made = self._names.person(user)
        if user == SLACKBOT:
            return NewAccount(made, "Slackbot", kind="bot", status="active")
        kind = "bot" if author.bot else "human"
        status = "active" if author.bot else "deactivated"
        return NewAccount(made, short(author.name, 80, user), kind=kind, status=status)

    def _bot(self, author: Author) -> NewAccount:
        name = author.name
        made = self._names.bot(author.bot, name)
        if made not in self._bot_accounts and len(self._bot_accounts) >= BOT_NAME_LIMIT:
            name, made = "", self._names.bot(author.bot, "")
        self._bot_accounts.add(made)
        title = name or self._bot_titles.get(author.bot) or author.bot
        return NewAccount(made, short(title, 80, "Bot"), kind="bot", status="active")

    async def make_missing(self, uow: UnitOfWork) -> int:
        """Makes the accounts of those who spoke and had none; returns how many are new.

        Idempotent until `settle` is called: the unit may be repeated.
        """
        return len(await accounts.add_many(uow, list(self._wanted.values())))

    def settle(self) -> None:
        """Notes that the accounts just made are committed."""
        self._made |= set(self._wanted)
        self._wanted.clear()


def address(person: Person) -> str | None:
    """The address under which a person can be invited or found, in lower case."""
    email = person.email.strip().lower()
    return email if _ADDRESS.fullmatch(email) and not person.bot else None


def _with_email(new: dict[UUID, NewAccount], email: str) -> UUID | None:
    return next((made for made, account in new.items() if account.email == email), None)


def _account(made: UUID, person: Person) -> NewAccount:
    """Bots speak but never sign in; who was deleted stays as an author and is not invited."""
    status = "active" if person.bot else "deactivated" if person.deleted else "invited"
    return NewAccount(
        id=made,
        name=short(person.name, 80, person.id),
        email=address(person),
        title=short(person.title, 250, ""),
        kind="bot" if person.bot else "human",
        status=status,
        workspace_role="guest" if person.guest else "member",
    )


async def counts(db: AsyncSession, ids: Iterable[UUID]) -> tuple[int, int]:
    """How many of these people can be invited, and how many could but have no address."""
    found = (await accounts.by_ids(db, ids)).values()
    invited = [user for user in found if user.status == "invited" and user.kind == "human"]
    with_address = sum(1 for user in invited if user.email)
    return with_address, len(invited) - with_address
