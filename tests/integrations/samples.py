"""A Slack export written by us in the format of today."""

from tests.integrations.exports import Export, channel, person, said


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
