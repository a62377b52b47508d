"""What is said in the group “Ward 3”, the second one that `courtyard seed` makes. Made up too."""

from courtyard.integrations.demo_shapes import Line, Room

WARD = (
    Room(
        "handover",
        "6:00, 14:00, 22:00: what the next shift must know",
        "Ward",
        (
            Line(
                "2 13:55",
                "dee",
                "Handover, early to late:\n\n"
                "1. Bed 2 goes home tomorrow, papers are done\n"
                "2. Bed 5 needs the interpreter at 16:00, please be five minutes early\n"
                "3. Bed 9: new plan for the pain, see the chart, *not* the old sheet",
            ),
            Line("2 14:01", "ivo", "Got it. The old sheet of bed 9 goes into the shredder."),
            Line(
                "1 05:50",
                "ivo",
                "Night was calm. Bed 5 slept through, which is news. Fridge alarm at 3:12, the "
                "door stood open by a finger; temperature never left the range.",
            ),
            Line("1 05:58", "dee", "Thank you. I will ask for a new door seal, again."),
            Line(
                "0 05:45",
                "ivo",
                "Alles ruhig. Bett 9 schmerzfrei seit Mitternacht, das neue Schema hilft.",
            ),
            Line("-70", "finn", "Das freut mich. Dann bleiben wir dabei.", fresh=True),
        ),
    ),
    Room(
        "rounds",
        "Questions for the morning round, answers under them",
        "Ward",
        (
            Line(
                "3 07:20",
                "finn",
                "Bitte heute vor der Visite: Gewicht von Bett 4 und 6, und die Liste der "
                "Blutverdünner.",
            ),
            Line(
                "3 07:41",
                "esi",
                "Blood thinners on the ward today: beds 1, 4, 8. Bed 8 was changed on Sunday, "
                "the first level comes at noon.",
            ),
            Line("3 07:43", "finn", "Perfekt, danke."),
            Line(
                "1 07:15",
                "gita",
                "बेड 6 आज पहली बार बिना सहारे चले, बीस क़दम! दोपहर में फिर कोशिश करेंगे।",
            ),
            Line("1 07:18", "dee", "बीस क़दम! यह आज की सबसे अच्छी ख़बर है। 👏"),
        ),
    ),
    Room(
        "swaps",
        "Swap a shift: say which, and who said yes",
        "Team",
        (
            Line(
                "6 19:02", "ivo", "Can somebody take my Friday night? My sister marries, at last."
            ),
            Line("6 19:20", "dee", "I take it. Dance for all of us."),
            Line("-160", "ivo", "I owe you two mornings, Dee. Pick any.", fresh=True),
        ),
    ),
)
