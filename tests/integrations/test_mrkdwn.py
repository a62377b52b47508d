"""Slack's markup, case by case: what is typed there, and the Markdown it becomes."""

import time

import pytest

from courtyard.integrations.slack.mrkdwn import Known, line, markdown
from tests.mutants import instead

KNOWN = Known({"U1": "Ada Okafor", "U2": "bo_b_"}, {"C1": "general"})

MUTANTS = {
    "nothing is escaped": (
        instead("courtyard.integrations.slack.inline", "escape", lambda text: text),
        ["test_markup_becomes_markdown"],
    ),
    "beginnings of lines mean something": (
        instead("courtyard.integrations.slack.page", "literal", lambda text: text),
        ["test_markup_becomes_markdown"],
    ),
}

CASES = [
    # plain
    ("hello", "hello"),
    ("two\nlines", "two\nlines"),
    ("a\n\nb", "a\n\nb"),
    ("\n\n  \n", ""),
    ("日本語 हिंदी ä", "日本語 हिंदी ä"),
    ("bell\x07 and nul\x00", "bell and nul"),
    ("line\r\nend", "line\nend"),
    # styles
    ("*bold*", "**bold**"),
    ("_italic_", "_italic_"),
    ("~struck~", "~~struck~~"),
    ("*bold* and _it_ ~s~", "**bold** and _it_ ~~s~~"),
    ("*two words*", "**two words**"),
    ("*bold _both_*", "**bold _both_**"),
    ("_*both*_", "**_both_**"),
    ("*_~all~_*", "~~**_all_**~~"),
    ("(*bold*), _it_!", "(**bold**), _it_!"),
    ("*Note:* text", "**Note:** text"),
    ("_snake_case_", "_snake_case_"),
    ("*a* *b*", "**a** **b**"),
    ("~a~ ~b~", "~~a~~ ~~b~~"),
    # what only looks like styles
    ("*not\nbold*", "\\*not\nbold\\*"),
    ("*bold*text", "\\*bold\\*text"),
    ("2 * 3 * 4", "2 * 3 * 4"),
    ("a*b*c", "a\\*b\\*c"),
    ("**x**", "\\*\\*x\\*\\*"),
    ("snake_case_name", "snake_case_name"),
    ("__init__", "\\_\\_init\\_\\_"),
    ("~~x~~", "\\~\\~x\\~\\~"),
    ("* x*", "* x\\*"),
    ("*a\\*", "**a\\\\**"),
    # code
    ("`c*d*_e_`", "`c*d*_e_`"),
    ("a `b` c ` d", "a `b` c \\` d"),
    ("`&lt;b&gt;`", "`<b>`"),
    ("`<http://a.b|x.y>`", "`x.y`"),
    ("*`x`*", "**`x`**"),
    ("`:tada:`", "`:tada:`"),
    ("```pre\nx```", "```\npre\nx\n```"),
    ("```\npre\n```", "```\npre\n```"),
    ("a ```x``` b", "a\n```\nx\n```\nb"),
    ("```a &amp; <@U1> *b*```", "```\na & @Ada Okafor *b*\n```"),
    ("```<tel:28919|28919>```", "```\n28919\n```"),
    ("```a```\nb", "```\na\n```\nb"),
    ("```unclosed", "\\`\\`\\`unclosed"),
    # people, places, everybody
    ("<@U1> hi", "@Ada Okafor hi"),
    ("<@U2>", "@bo_b\\_"),
    ("<@U9|zed>", "@zed"),
    ("<@U9>", "@U9"),
    ("*<@U1>*", "**@Ada Okafor**"),
    ("<#C1|old-name>", "#general"),
    ("<#C9|elsewhere>", "#elsewhere"),
    ("<#C9>", "#C9"),
    ("<!here> <!channel> <!everyone>", "@here @channel @everyone"),
    ("<!here|here>", "@here"),
    ("<!subteam^S1|@docs>", "@docs"),
    ("<!subteam^S1>", "@S1"),
    ("<!date^1392734382^{date}|Feb 18>", "Feb 18"),
    ("<!unheard>", "<!unheard>"),
    # links
    ("<http://a.b/c|label>", "[label](http://a.b/c)"),
    ("<https://a.b/c_d>", "https://a.b/c_d"),
    ("<https://a.b/c|https://a.b/c>", "https://a.b/c"),
    ("<http://a.b/_x_>.", "<http://a.b/_x_>."),
    ("<https://a.b/c.>", "<https://a.b/c.>"),
    ("<http://a.b?x=1&amp;y=2|q>", "[q](http://a.b?x=1&y=2)"),
    ("<http://a.b|la*b[e]l>", "[la\\*b\\[e\\]l](http://a.b)"),
    ("<https://x.org/a(b)|t>", "[t](<https://x.org/a(b)>)"),
    ("*<http://x.y|z>*", "**[z](http://x.y)**"),
    ("<mailto:a@b.c|a@b.c>", "a@b.c"),
    ("<mailto:a@b.c|mail>", "[mail](mailto:a@b.c)"),
    ("<tel:123|123>", "123"),
    ("<javascript:alert(1)|x>", "x"),
    ("<http://a.b|:tada: yes>", "[🎉 yes](http://a.b)"),
    ("<http://[broken|x>", "x"),
    # escapes, both ways
    ("&amp; &lt;b&gt;", "& <b>"),
    ("&amp;lt;", "\\&lt;"),
    ("&lt;http://x&gt;", "\\<http://x>"),
    ("&lt;a@b.c&gt;", "\\<a@b.c>"),
    ("[x](y)", "\\[x](y)"),
    ("[a]: http://b", "\\[a]: http://b"),
    ("[1] is fine", "[1] is fine"),
    ("C:\\foo", "C:\\foo"),
    ("\\*", "\\\\\\*"),
    # beginnings of lines
    ("# no heading", "\\# no heading"),
    ("#tag", "#tag"),
    ("a\n---", "a\n\\---"),
    ("a\n===", "a\n\\==="),
    ("+ 1", "\\+ 1"),
    ("    far in", "\u00a0\u00a0\u00a0\u00a0far in"),
    # quotes
    ("&gt; q", "> q"),
    ("&gt;q", "> q"),
    ("&gt; q\nnot", "> q\n\nnot"),
    ("&gt; a\n&gt; b", "> a\n> b"),
    ("&gt;&gt;&gt; a\nb", "> a\n> b"),
    ("x\n&gt;&gt;&gt;a\n*b*", "x\n> a\n> **b**"),
    # lists as people typed them
    ("• one\n• two", "- one\n- two"),
    ("• one\n    ◦ sub\nafter", "- one\n    - sub\n\nafter"),
    ("    ◦ alone", "- alone"),
    ("- a\n- b\nc", "- a\n- b\n\nc"),
    ("* a\n* b", "* a\n* b"),
    ("1. a\n2. b", "1. a\n2. b"),
    # emoji
    (":tada:", "🎉"),
    (":+1::skin-tone-3:", "👍🏼"),
    (":flag-in: :de:", "🇮🇳 🇩🇪"),
    (":heart:", "❤️"),
    (":upside_down_face: :shrug:", "🙃 🤷"),
    (":party_parrot:", ":party_parrot:"),
    ("at 10:30:45", "at 10:30:45"),
    ("*:tada:*", "**🎉**"),
]


@pytest.mark.parametrize(("typed", "expected"), CASES)
def test_markup_becomes_markdown(typed: str, expected: str) -> None:
    assert markdown(typed, KNOWN) == expected


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 80


def test_a_topic_is_one_plain_line() -> None:
    topic = line("See <http://a.b|here> &amp;\n<@U1> *now* :tada:", KNOWN)
    assert topic == "See here & @Ada Okafor *now* 🎉"


@pytest.mark.parametrize(
    "unit",
    ["*a ", "_*~", "<", "`", "[a", "&", ":a", "*a_b ", "<a:", "&lt;a:", "&gt;", "```a", "~", "a\n",
     "\\", "#", "- ", "• ", "*_~`<", "<@a", "(", "!["],
)  # fmt: skip
def test_no_text_takes_long(unit: str) -> None:
    began = time.perf_counter()
    markdown(unit * (40_000 // len(unit)), KNOWN)
    assert time.perf_counter() - began < 2


def test_lone_surrogates_and_private_marks_do_no_harm() -> None:
    assert markdown("a\ud800b \x020\x03", KNOWN) == "a?b 0"
