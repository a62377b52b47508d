"""What hangs on a message besides its text: attachments of apps, and files."""

from courtyard.integrations.slack import blocks, mrkdwn
from courtyard.integrations.slack.fields import Record, mapping, objects, string
from courtyard.integrations.slack.inline import Run, link, render
from courtyard.integrations.slack.mrkdwn import Known
from courtyard.integrations.slack.page import Page

_GONE = ("tombstone", "hidden_by_limit", "file_access_denied")
_ATTACHMENT_LIMIT = 100


def is_preview(attachment: Record) -> bool:
    """Whether Slack made this attachment from a link in the text. One that somebody shared on
    purpose, or an app wrote, is none."""
    if attachment.get("is_share") is True:
        return False
    if attachment.get("is_msg_unfurl") is True or attachment.get("is_app_unfurl") is True:
        return True
    return bool(string(attachment, "from_url") or string(attachment, "original_url"))


def attachments(found: list[Record], known: Known) -> str:
    """Attachments as Markdown: what introduces them, then their content as a quote."""
    page = Page()
    for attachment in found[:_ATTACHMENT_LIMIT]:
        introduction = mrkdwn.markdown(string(attachment, "pretext"), known)
        content = _content(attachment, known)
        if not introduction and not content:
            introduction = mrkdwn.markdown(string(attachment, "fallback"), known)
        if introduction or content:
            page.gap()
        if introduction:
            page.raw(introduction)
        if content:
            # The content is Markdown with its own line beginnings; only the quote mark is new.
            page.raw("\n".join(f"> {line}".rstrip() for line in content.split("\n")))
    return str(page)


def _content(attachment: Record, known: Known) -> str:
    page = Page()
    author = string(attachment, "author_name")
    if author:
        page.text(render([Run(mrkdwn.unescaped(author), frozenset({"bold"}))]))
    _title(page, attachment, known)
    mrkdwn.write(page, string(attachment, "text"), known)
    if page.empty or (author and not string(attachment, "text")):
        _blocks(page, attachment, known)
    for field in objects(attachment, "fields")[:_ATTACHMENT_LIMIT]:
        _field(page, field, known)
    if page.empty and string(attachment, "image_url"):
        page.text(render([link(string(attachment, "image_url"), "image")]))
    return str(page)


def _title(page: Page, attachment: Record, known: Known) -> None:
    title = mrkdwn.line(string(attachment, "title"), known)
    address = string(attachment, "title_link")
    if title:
        run = link(address, title) if address else Run(title)
        page.text(render([Run(run.text, frozenset({"bold"}), run.raw)]))


def _field(page: Page, field: Record, known: Known) -> None:
    title = mrkdwn.line(string(field, "title"), known)
    if title:
        page.text(render([Run(title, frozenset({"bold"}))]))
    mrkdwn.write(page, string(field, "value"), known)


def _blocks(page: Page, attachment: Record, known: Known) -> None:
    inner = objects(attachment, "blocks")
    for quoted in objects(attachment, "message_blocks"):
        inner += objects(mapping(quoted, "message"), "blocks")
    text = blocks.markdown(inner, known)
    if text:
        page.raw(text)


def files(record: Record) -> list[Record]:
    """The files of a message, in either generation of the format."""
    old = mapping(record, "file")
    return ([old] if old else []) + objects(record, "files")


def file_line(file: Record) -> str:
    """One line that says which file stood here. Slack's addresses of files are left out: older
    exports carry a key in them."""
    name = " ".join((string(file, "name") or string(file, "title"))[:200].split())
    if string(file, "mode") in _GONE or not name:
        return "📎\u00a0_a file that is gone_"
    return f"📎\u00a0{render([Run(name)])}{_size(file.get('size'))}"


def _size(value: object) -> str:
    if not isinstance(value, int) or value <= 0:
        return ""
    size, units = float(value), ["bytes", "kB", "MB", "GB"]
    while size >= 1000 and len(units) > 1:
        size, units = size / 1000, units[1:]
    return f" ({size:.0f}\u00a0{units[0]})"
