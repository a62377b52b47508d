"""One record of a channel's day: what somebody said, or the reason why it is passed over."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from courtyard.integrations.slack import blocks, extras, mrkdwn
from courtyard.integrations.slack.fields import (
    Record,
    instant,
    mapping,
    microseconds,
    objects,
    string,
)
from courtyard.integrations.slack.mrkdwn import Known

TEXT_LIMIT = 100_000
_CUT = "\n\n…"

# Notes of the system about the channel, not talk. Anything else of a kind not known here is
# kept when it says something.
_NOTES = frozenset(
    (
        "added_to_channel",
        "app_conversation_join",
        "app_conversation_leave",
        "assistant_app_thread",
        "bot_add",
        "bot_disable",
        "bot_enable",
        "bot_remove",
        "canvas_updated",
        "channel_archive",
        "channel_canvas_updated",
        "channel_convert_to_private",
        "channel_convert_to_public",
        "channel_join",
        "channel_leave",
        "channel_name",
        "channel_posting_permissions",
        "channel_purpose",
        "channel_topic",
        "channel_unarchive",
        "ekm_access_denied",
        "group_archive",
        "group_close",
        "group_join",
        "group_leave",
        "group_name",
        "group_open",
        "group_purpose",
        "group_topic",
        "group_unarchive",
        "huddle_thread",
        "joiner_notification",
        "joiner_notification_for_inviter",
        "mpdm_move",
        "pinned_item",
        "reminder_add",
        "reminder_delete",
        "retention_change",
        "sh_room_created",
        "sh_room_shared",
        "tombstone",
        "unpinned_item",
    )
)
_HISTORY = ("message_changed", "message_deleted", "message_replied")
_COMMENTED = re.compile(r"(?:and commented|comment(?:ed on .*)?): ", re.DOTALL)
_INTEGRATION = re.compile(r"/services/(B[A-Z0-9]{5,20})\|([^>|]{1,80})>")

MALFORMED = "malformed"
HIDDEN = "hidden"
ONLY_FOR_ONE = "shown to one person only"
EMPTY = "nothing in it"
OTHER_KIND = "not a message"
POINTER = "copy of a reply in its thread"
VERSION = "an earlier version of a message"


@dataclass(slots=True, frozen=True)
class Author:
    """Who spoke: a listed person or bot by `user`, else a bot by its id and the name it used.
    `name` is what the record itself calls them."""

    user: str
    bot: str
    name: str


@dataclass(slots=True, frozen=True)
class Said:
    """Something that was said. `at` in microseconds since 1970, `text` in Markdown; `notes`
    counts what did not come along or came along in another form."""

    at: int
    author: Author
    text: str
    edited_at: datetime | None
    notes: dict[str, int] = field(default_factory=dict)


def read(record: object, known: Known) -> Said | str:
    """What was said, or why the record is passed over."""
    if not isinstance(record, dict):
        return MALFORMED
    at = microseconds(record.get("ts"))
    if at is None:
        return MALFORMED
    reason = _passed_over(record)
    if reason:
        return reason
    notes: dict[str, int] = {}
    text = _text(record, known, notes)
    if not text:
        return EMPTY
    if len(text) > TEXT_LIMIT:
        text = text[: TEXT_LIMIT - len(_CUT)] + _CUT
        notes["texts shortened"] = 1
    if string(record, "thread_ts") not in ("", string(record, "ts")):
        notes["replies in threads"] = 1
    edited = microseconds(mapping(record, "edited").get("ts"))
    return Said(at, author(record), text, instant(edited) if edited else None, notes)


def _passed_over(record: Record) -> str | None:
    kind = string(record, "subtype")
    if string(record, "type") not in ("message", ""):
        return OTHER_KIND
    if kind in _NOTES:
        return f"note: {kind}"
    if kind in _HISTORY:
        return VERSION
    if kind == "reply_broadcast":
        return POINTER  # points at the reply, which stands in the export by itself
    if record.get("is_ephemeral") is True or kind == "ephemeral":
        return ONLY_FOR_ONE
    return HIDDEN if record.get("hidden") is True else None


def _text(record: Record, known: Known, notes: dict[str, int]) -> str:
    attached = objects(record, "attachments")
    shown = [one for one in attached if not extras.is_preview(one)]
    named = extras.files(record)
    parts = [
        _body(record, known),
        extras.attachments(shown, known),
        "\n".join(extras.file_line(file) for file in named),
    ]
    _note(notes, "link previews", len(attached) - len(shown))
    _note(notes, "files named, not imported", len(named))
    return "\n\n".join(part for part in parts if part)


def _note(notes: dict[str, int], name: str, count: int) -> None:
    if count:
        notes[name] = count


def _body(record: Record, known: Known) -> str:
    """The text proper. Blocks are what was seen; `text` beside them is for notifications."""
    if mapping(record, "file"):
        return mrkdwn.markdown(_about_file(record), known)
    text = blocks.markdown(objects(record, "blocks"), known)
    text = text or mrkdwn.markdown(string(record, "text"), known)
    if string(record, "subtype") == "me_message" and text and "\n" not in text:
        return f"_{text}_"
    return text


def _about_file(record: Record) -> str:
    """What a person said with or about a file. In the old format `text` is a sentence of the
    system ("… uploaded a file: … and commented: …") around it."""
    comment = mapping(record, "comment") or mapping(mapping(record, "file"), "initial_comment")
    said = string(comment, "comment")
    if said:
        return said
    parts = _COMMENTED.split(string(record, "text"), maxsplit=1)
    return parts[1] if len(parts) > 1 else ""


def author(record: Record) -> Author:
    """Who spoke, as far as the record says."""
    profile = mapping(record, "user_profile")
    user = string(record, "user") or string(mapping(record, "comment"), "user")
    bot = string(record, "bot_id")
    name = string(record, "username")
    if user:
        name = string(profile, "real_name") or string(profile, "name") or name
    else:
        name = name or string(mapping(record, "bot_profile"), "name")
    return Author(user[:64], bot[:64], name[:80])


def reactions(record: object) -> int:
    """How many reactions a record has."""
    found = objects(record, "reactions") if isinstance(record, dict) else []
    return sum(one["count"] for one in found if isinstance(one.get("count"), int))


def integration(record: object) -> tuple[str, str] | None:
    """`(bot id, name)` when the record notes that an integration was added: in the old format
    the only place that says what a bot is called."""
    text = string(record, "text") if isinstance(record, dict) else ""
    found = _INTEGRATION.search(text) if "/services/" in text else None
    return (found[1], mrkdwn.unescaped(found[2])) if found else None
