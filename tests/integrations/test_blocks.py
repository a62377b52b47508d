"""Blocks as Slack writes them today, and attachments and files of both generations."""

from typing import Any

import pytest

from courtyard.integrations.slack import blocks, emoji, extras
from courtyard.integrations.slack.mrkdwn import Known

KNOWN = Known({"U1": "Ada Okafor"}, {"C1": "general"})


def text(value: str, *styles: str) -> dict[str, Any]:
    return {"type": "text", "text": value, "style": dict.fromkeys(styles, True)}


def section(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text_section", "elements": list(parts)}


def listed(style: str, indent: int, *items: str, **others: Any) -> dict[str, Any]:
    elements = [section(text(item)) for item in items]
    return {"type": "rich_text_list", "style": style, "indent": indent, "elements": elements,
            **others}  # fmt: skip


def rich(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "rich_text", "elements": list(elements)}]


def link(url: str, shown: str = "", **others: Any) -> dict[str, Any]:
    return {"type": "link", "url": url, "text": shown, **others}


CASES: list[tuple[str, list[dict[str, Any]], str]] = [
    ("plain", rich(section(text("hello"))), "hello"),
    ("bold within a word", rich(section(text("a"), text("b", "bold"), text("c"))), "a**b**c"),
    ("italic within a word", rich(section(text("i", "italic"), text("x"))), "*i*x"),
    ("punctuation moves out", rich(section(text("Note:", "bold"), text("x"))), "**Note**:x"),
    ("space moves out", rich(section(text("bo ", "bold"), text("x"))), "**bo** x"),
    (
        "nested styles share marks",
        rich(section(text("a ", "bold"), text("b", "bold", "italic"), text(" c", "bold"))),
        "**a _b_ c**",
    ),
    ("three styles", rich(section(text("x", "bold", "italic", "strike"))), "~~**_x_**~~"),
    ("style over lines", rich(section(text("a\nb", "bold"))), "**a**\n**b**"),
    ("code", rich(section(text("x = 1", "code"))), "`x = 1`"),
    ("code with ticks", rich(section(text("a `b`", "code"))), "`` a `b` ``"),
    ("bold code", rich(section(text("c", "code", "bold"))), "**`c`**"),
    ("literal marks", rich(section(text("_a_ *b* `c`"))), "\\_a\\_ \\*b\\* \\`c\\`"),
    ("literal heading", rich(section(text("# a\n# b"))), "\\# a\n\\# b"),
    ("link", rich(section(link("https://a.b", "x"))), "[x](https://a.b)"),
    ("bare link", rich(section(link("https://a.b/c"))), "https://a.b/c"),
    (
        "bold link",
        rich(section(link("https://a.b", "x", style={"bold": True}))),
        "**[x](https://a.b)**",
    ),
    ("hostile link", rich(section(link("javascript:alert(1)", "x"))), "x"),
    ("person", rich(section({"type": "user", "user_id": "U1"})), "@Ada Okafor"),
    ("channel", rich(section({"type": "channel", "channel_id": "C1"})), "#general"),
    ("everybody", rich(section({"type": "broadcast", "range": "channel"})), "@channel"),
    ("user group", rich(section({"type": "usergroup", "usergroup_id": "S1"})), "@S1"),
    ("date", rich(section({"type": "date", "timestamp": 1, "fallback": "Feb 1"})), "Feb 1"),
    ("colour", rich(section({"type": "color", "value": "#ff0000"})), "#ff0000"),
    ("emoji by code", rich(section({"type": "emoji", "name": "x", "unicode": "1f389"})), "🎉"),
    ("emoji by name", rich(section({"type": "emoji", "name": "tada"})), "🎉"),
    ("own emoji", rich(section({"type": "emoji", "name": "our_parrot"})), ":our_parrot:"),
    ("list", rich(listed("bullet", 0, "a", "b")), "- a\n- b"),
    ("numbers", rich(listed("ordered", 0, "a", "b")), "1. a\n2. b"),
    ("numbers go on", rich(listed("ordered", 0, "c", offset=2)), "3. c"),
    (
        "lists in lists",
        rich(listed("bullet", 0, "a"), listed("ordered", 1, "b"), listed("bullet", 0, "c")),
        "- a\n    1. b\n- c",
    ),
    ("no list above", rich(listed("bullet", 3, "a")), "- a"),
    ("text after a list", rich(listed("bullet", 0, "a"), section(text("b"))), "- a\n\nb"),
    ("item of two lines", rich(listed("bullet", 0, "a\nb")), "- a\n  b"),
    (
        "quote",
        rich({"type": "rich_text_quote", "elements": [text("a\nb")]}, section(text("c"))),
        "> a\n> b\n\nc",
    ),
    (
        "preformatted",
        rich({"type": "rich_text_preformatted", "elements": [text("a <b>\n"), link("http://c")]}),
        "```\na <b>\nhttp://c\n```",
    ),
    (
        "a fence inside",
        rich({"type": "rich_text_preformatted", "elements": [text("```\nx\n```")]}),
        "````\n```\nx\n```\n````",
    ),
    ("header", [{"type": "header", "text": {"type": "plain_text", "text": "Up :tada:"}}], "**Up 🎉**"),
    (
        "section of an app",
        [{"type": "section", "text": {"type": "mrkdwn", "text": "*b*"},
          "fields": [{"type": "plain_text", "text": "*f*"}]}],
        "**b**\n\\*f\\*",
    ),
    (
        "context and divider",
        [{"type": "context", "elements": [{"type": "mrkdwn", "text": "c"}, {"type": "image"}]},
         {"type": "divider"}],
        "c\n\n---",
    ),
    (
        "image is a link",
        [{"type": "image", "image_url": "https://i.x/y.png", "alt_text": "alt"}],
        "[alt](https://i.x/y.png)",
    ),
    ("Markdown", [{"type": "markdown", "text": "**as it is**"}], "**as it is**"),
    (
        "table",
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "a|b"}], [{"type": "rich_text",
          "elements": [section(text("c", "bold"))]}, {"type": "raw_text", "text": "d"}]]}],
        "| a\\|b |  |\n| --- | --- |\n| **c** | d |",
    ),
    ("buttons", [{"type": "actions", "elements": [{"type": "button"}]}], ""),
    ("a new kind", [{"type": "video", "title": {"type": "plain_text", "text": "Film"}}], "Film"),
    ("nonsense", [{"type": "rich_text", "elements": [{"type": 7, "elements": "x"}, 3, None]}], ""),
    ("nothing", [{}], ""),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_blocks_become_markdown(given: list[dict[str, Any]], expected: str) -> None:
    assert blocks.markdown(given, KNOWN) == expected


ATTACHMENTS: list[tuple[str, dict[str, Any], str]] = [
    ("what a bot says", {"pretext": "*new*:", "text": "<http://a.b|c>: d\ne"},
     "**new**:\n> [c](http://a.b): d\n> e"),
    ("title and fields",
     {"title": "T_1_", "title_link": "http://t", "fields": [{"title": "F", "value": "v"}]},
     "> **[T_1\\_](http://t)**\n> **F**\n> v"),
    ("a quoted message", {"is_share": True, "author_name": "Bo", "text": "said"},
     "> **Bo**\n> said"),
    ("only a fallback", {"fallback": "look at <http://x|this>"}, "look at [this](http://x)"),
    ("a picture", {"image_url": "https://i.x/p.png"}, "> [image](https://i.x/p.png)"),
    ("blocks", {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*b*"}}]},
     "> **b**"),
    ("code", {"text": "```x```"}, "> ```\n> x\n> ```"),
    ("nothing", {"color": "red"}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("given", "expected"), [case[1:] for case in ATTACHMENTS],
                         ids=[case[0] for case in ATTACHMENTS])  # fmt: skip
def test_attachments_become_markdown(given: dict[str, Any], expected: str) -> None:
    assert extras.attachments([given], KNOWN) == expected


@pytest.mark.parametrize(
    ("given", "preview"),
    [
        ({"from_url": "http://a", "text": "b"}, True),
        ({"original_url": "http://a"}, True),
        ({"is_msg_unfurl": True, "text": "b"}, True),
        ({"is_msg_unfurl": True, "is_share": True, "from_url": "http://a"}, False),
        ({"text": "b", "fallback": "c"}, False),
    ],
)
def test_link_previews_are_told_from_what_was_said(given: dict[str, Any], preview: bool) -> None:
    assert extras.is_preview(given) is preview


def test_a_file_is_named_and_its_address_is_not() -> None:
    line = extras.file_line(
        {"name": "plan_b_.pdf", "size": 121616, "url_private": "https://x/?t=xoxe-1"}
    )
    assert line == "📎\u00a0plan_b\\_.pdf (122\u00a0kB)"
    assert extras.file_line({"mode": "tombstone", "name": "x"}) == "📎\u00a0_a file that is gone_"
    assert extras.file_line({"name": "n", "size": "big"}) == "📎\u00a0n"


@pytest.mark.parametrize(
    ("name", "code", "tone", "shown"),
    [
        ("woman-technologist", "1f469-200d-1f4bb", None, "👩‍💻"),
        ("x", "110000", None, ":x_y:"),
        ("+1", "", 2, "👍🏻"),
        ("comma", "", None, ":comma:"),
    ],
)
def test_emoji(name: str, code: str, tone: object, shown: str) -> None:
    assert emoji.named("x_y" if shown == ":x_y:" else name, code, tone) == shown
