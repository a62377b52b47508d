"""A Slack export written by us in the format of 2016."""

from tests.integrations.exports import TEAM, Export, said


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
