"""The import commands: what they do once the services are there."""

import asyncio
import csv
import json
import os
import re
from pathlib import Path
from typing import TextIO

import typer

from courtyard.accounts import bulk as accounts
from courtyard.core.settings import Settings, load_settings
from courtyard.core.unit_of_work import UnitOfWork
from courtyard.groups import invites
from courtyard.integrations.commands import Services
from courtyard.integrations.opened import opened
from courtyard.integrations.progress import shown
from courtyard.integrations.slack import archive, run
from courtyard.integrations.slack.archive import Archive, Refused
from courtyard.integrations.slack.report import Report

_EXPORT_NAME = re.compile(r"\s+Slack export\b.*", re.IGNORECASE)


def slack(services: Services, export: Path, group: str | None, report: Path | None) -> None:
    """Imports an export, tells how it goes and what came of it. Raises Refused, for a bad archive
    before anything is started."""
    with archive.opened(export) as source, services(load_settings()) as settings:
        done = asyncio.run(_slack(settings, source, group, _group_name(export)))
    for line in done.lines():
        typer.echo(line)
    if report:
        report.write_text(json.dumps(done.as_json(), indent=1, ensure_ascii=False) + "\n")


async def _slack(settings: Settings, source: Archive, group: str | None, otherwise: str) -> Report:
    async with opened(settings) as units:
        with shown() as progress:
            return await run.run(source, units, progress, group, otherwise)


def _group_name(export: Path) -> str:
    """What the group is called when nobody says: Slack names its exports after the workspace."""
    return _EXPORT_NAME.sub("", export.stem)


def links(settings: Settings, file: Path) -> None:
    """Writes a claim link, good for 30 days, for everybody who was imported with an address.

    Raises Refused when the file is there already: links in it may have been sent.
    """
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise Refused(f"{file} cannot be written: {error.strerror}.") from None
    with os.fdopen(descriptor, "w", newline="", encoding="utf-8") as out:
        count = asyncio.run(_links(settings, out))
    typer.echo(f"{count:,} links written to {file}. Each is good once, for 30 days.")


async def _links(settings: Settings, out: TextIO) -> int:
    origin = _origin(settings)

    async def act(uow: UnitOfWork) -> list[tuple[str, str, str]]:
        rows = []
        for user in await accounts.invitable(uow.db):
            token = await invites.for_account(uow, user.id)
            rows.append((_cell(user.name), _cell(user.email or ""), f"{origin}/join/{token}"))
        return rows

    async with opened(settings) as units:
        rows = await units.run(act)
    writer = csv.writer(out)
    writer.writerow(("name", "email", "link"))
    writer.writerows(rows)
    return len(rows)


def _cell(text: str) -> str:
    """Text that a spreadsheet takes for text: names come from elsewhere."""
    return "'" + text if text[:1] in "=+-@\t\r" and text else text


def _origin(settings: Settings) -> str:
    if settings.public_url:
        return settings.public_url
    scheme = "https" if settings.tls else "http"
    host = "localhost" if settings.loopback else settings.host
    return f"{scheme}://{host}:{settings.port}"
