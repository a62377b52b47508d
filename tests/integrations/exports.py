"""Slack exports in the making: lists, days and whatever else is put into one."""

import json
import zipfile
from pathlib import Path
from typing import Any

Json = dict[str, Any]

TEAM = "T0LANTERN"


def person(user_id: str, name: str, **others: Any) -> Json:
    """A line of users.json as it is written today."""
    profile = {"real_name": name, "display_name": name.split(maxsplit=1)[0].lower()}
    for key in ("email", "title", "bot_id"):
        if key in others:
            profile[key] = others.pop(key)
    return {
        "id": user_id,
        "team_id": TEAM,
        "name": name.split(maxsplit=1)[0].lower(),
        "deleted": False,
        "profile": profile,
        "is_bot": False,
        **others,
    }


def channel(channel_id: str, name: str, *members: str, **others: Any) -> Json:
    """A line of channels.json."""
    return {
        "id": channel_id,
        "name": name,
        "created": 1555493778,
        "creator": "U1",
        "is_archived": False,
        "is_general": False,
        "members": list(members),
        "topic": {"value": "", "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
        **others,
    }


def said(ts: str, user: str, text: str, **others: Any) -> Json:
    """A message of a person."""
    return {"type": "message", "user": user, "text": text, "ts": ts, **others}


class Export:
    """An export in the making: lists by file name, and whatever else is put into it."""

    def __init__(self) -> None:
        self.files: dict[str, Any] = {"users.json": [], "channels.json": []}

    def people(self, *people: Json) -> "Export":
        self.files["users.json"] += people
        return self

    def channels(self, *channels: Json) -> "Export":
        self.files["channels.json"] += channels
        return self

    def day(self, folder: str, date: str, *records: Any) -> "Export":
        self.files.setdefault(f"{folder}/{date}.json", []).extend(records)
        return self

    def put(self, name: str, content: Any) -> "Export":
        """Any file: bytes as they are, everything else as JSON."""
        self.files[name] = content
        return self

    def write(self, folder: Path, name: str = "export.zip", prefix: str = "") -> Path:
        """Writes the zip."""
        path = folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for inner, content in self.files.items():
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                out.writestr(prefix + inner, data)
        return path
