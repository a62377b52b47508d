"""Slack exports written by us, of both generations of the format."""

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


def modern() -> Export:
    """Today's format: blocks, threads, a deleted root, files, a bot with a profile, guests,
    private places. 20 records in two open channels."""
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Look, "},
                    {"type": "user", "user_id": "U2"},
                    {"type": "text", "text": ": "},
                    {"type": "text", "text": "done", "style": {"bold": True}},
                    {"type": "emoji", "name": "tada", "unicode": "1f389"},
                ],
            },
        ],
    }
    return (
        Export()
        .people(
            person("U1", "Zoe Zimmer", email="Zoe@Example.org", title="Baker"),
            person("U2", "Yan Yilmaz", email="yan@example.org"),
            person("U3", "Old Hand", email="old@example.org", deleted=True),
            person("U4", "Gina Guest", email="gina@example.org", is_restricted=True),
            person("U5", "Deploy", is_bot=True, bot_id="B5"),
            person("U6", "No Address"),
            person("USLACKBOT", "Slackbot"),
        )
        .channels(
            channel(
                "C1",
                "general",
                "U1",
                "U2",
                "U5",
                "U6",
                is_general=True,
                topic={"value": "Everything &amp; more for <@U1>"},
            ),
            channel("C2", "ovens", "U1", "U4", is_archived=True, purpose={"value": "Heat"}),
        )
        .put("groups.json", [channel("G1", "secret", "U1")])
        .put("dms.json", [{"id": "D1", "members": ["U1", "U2"], "created": 1555493778}])
        .put("mpims.json", [{"id": "G2", "name": "mpdm-zoe--yan-1", "members": ["U1", "U2"]}])
        .day(
            "general",
            "2025-01-10",
            said("1736478514.897649", "U1", "Look, <@U2>: *done*:tada:", blocks=[rich]),
            said(
                "1736478630.905399",
                "U2",
                "root",
                thread_ts="1736478630.905399",
                reply_count=2,
                reactions=[{"name": "+1", "users": ["U1", "U2"], "count": 2}],
            ),
            said("1736478640.000100", "U1", "reply", thread_ts="1736478630.905399"),
            said(
                "1736478650.000100",
                "U2",
                "reply to all",
                thread_ts="1736478630.905399",
                subtype="thread_broadcast",
                root={"text": "root"},
            ),
            said(
                "1736478660.000000", "U3", "I was here", edited={"user": "U3", "ts": "1736478661.5"}
            ),
            said("1736478670.000000", "U9", "from outside", user_profile={"real_name": "Far Away"}),
            said(
                "1736478680.000000",
                "USLACKBOT",
                "This message was deleted.",
                subtype="tombstone",
                hidden=True,
                thread_ts="1736478680.000000",
            ),
            said("1736478690.000000", "U2", "reply to what is gone", thread_ts="1736478680.000000"),
            said("1736478700.000000", "U2", "<@U2> has joined the channel", subtype="channel_join"),
            said(
                "1736478710.000000",
                "U1",
                "with a file",
                files=[
                    {"id": "F1", "name": "plan_b.pdf", "size": 121616, "mode": "hosted"},
                    {"id": "F2", "mode": "tombstone"},
                ],
            ),
            said(
                "1736478720.000000",
                "U5",
                "shipped",
                bot_id="B5",
                bot_profile={"id": "B5", "name": "Deploy"},
            ),
            said("1736478730.000000", "U1", "only you see this", is_ephemeral=True),
            "no record at all",
            said("never", "U1", "no time"),
            said("1736478514.897649", "U1", "the same moment twice"),
        )
        .day("general", "2025-01-11", said("1736550000.000001", "U1", ""))
        .day(
            "ovens",
            "2025-01-10",
            said("1736478000.000001", "U4", "hot"),
            said("1736478000.000002", "U1", "_very_ hot"),
            said("1736478000.000003", "U1", "", subtype="something_new_from_slack"),
            said("1736478000.000004", "U1", "a new kind", subtype="something_new_from_slack"),
        )
        .day("secret", "2025-01-10", said("1736478000.000005", "U1", "closed"))
        .day("D1", "2025-01-10", said("1736478000.000006", "U1", "between us"))
        .day("mpdm-zoe--yan-1", "2025-01-10", said("1736478000.000007", "U1", "between some"))
        .day("nowhere", "2025-01-10", said("1736478000.000008", "U1", "lost"))
        .put("integration_logs.json", [])
        .put("general/canvas.txt", b"x")
    )


def old() -> Export:
    """The format of 2016: no blocks, no team in channels, files as sentences, bots without names.
    9 records in one channel."""
    file = {
        "id": "F1",
        "name": "cities.js",
        "title": "cities",
        "size": 4163,
        "mode": "snippet",
        "url_private": "https://files.example/cities.js?t=xoxe-secret",
    }
    return (
        Export()
        .people(
            {"id": "U1", "team_id": TEAM, "name": "zoe", "real_name": "Zoe Zimmer", "profile": {}},
            {"id": "U2", "team_id": TEAM, "name": "yan", "real_name": "", "profile": {}},
        )
        .channels({"id": "C1", "name": "salt", "created": "1452837318", "members": ["U1", "U2"]})
        .day(
            "salt",
            "2016-01-14",
            {
                "user": "U1",
                "type": "message",
                "subtype": "channel_join",
                "text": "<@U1> has joined",
                "ts": "1452837318.000002",
            },
            said(
                "1452837352.000006",
                "U1",
                "<@U2>: see <https://example.org/a_b>",
                attachments=[
                    {"service_name": "Example", "title": "A", "from_url": "https://example.org/a_b"}
                ],
            ),
            said(
                "1452837353.000007",
                "U1",
                "added an integration to this channel: "
                "<https://x.slack.com/services/B0JL6RASU|oven watch>",
                subtype="bot_add",
                bot_id="B0JL6RASU",
            ),
            {
                "text": "",
                "bot_id": "B0JL6RASU",
                "type": "message",
                "subtype": "bot_message",
                "ts": "1452837354.000008",
                "attachments": [
                    {
                        "fallback": "f",
                        "pretext": "[oven] *hot*:",
                        "text": "<http://o.example/1|abc>: up",
                    }
                ],
            },
            {
                "text": "ahoy",
                "username": "pager",
                "type": "message",
                "subtype": "bot_message",
                "ts": "1452837355.000009",
                "icons": {"emoji": ":bell:"},
            },
            {
                "type": "message",
                "subtype": "file_share",
                "user": "U2",
                "file": file,
                "upload": True,
                "text": "<@U2> uploaded a file: <https://x/F1|cities> and commented: for *you*",
                "ts": "1452837356.000010",
            },
            {
                "type": "message",
                "subtype": "file_comment",
                "file": file,
                "is_intro": True,
                "text": "<@U2> commented on <@U2>’s file <https://x|cities>: ```a = 1```",
                "comment": {"user": "U2", "comment": "```a = 1```"},
                "ts": "1452837357.000011",
            },
            {
                "type": "message",
                "user": "U1",
                "text": "waves",
                "subtype": "me_message",
                "ts": "1452837358.000012",
            },
            {
                "type": "message",
                "user": "U1",
                "subtype": "reply_broadcast",
                "text": "",
                "ts": "1452837359.000013",
            },
        )
    )
