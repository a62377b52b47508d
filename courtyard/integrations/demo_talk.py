"""What is said in the group “Discharge redesign” of the demo content. Made up from end to end."""

from courtyard.integrations.demo_shapes import Line, Room

DISCHARGE = (
    Room(
        "announcements",
        "What everybody should know. Short, and never more than twice a week.",
        "Talk",
        (
            Line(
                "12 08:30",
                "ada",
                "Good morning, and welcome to **Discharge redesign**.\n\n"
                "We have one goal until spring: nobody waits more than two hours for their "
                "papers once the doctor has said *you can go home*. Today the median is five "
                "hours and ten minutes.\n\n"
                "How we work here:\n"
                "- decisions are written where they were made, not in a mail\n"
                "- #{intake-pilot} is for the ward, #{bridge-hl7} for the machines\n"
                "- questions are never too small",
                reactions={"👋": "bo cy dee esi finn gita hana ivo"},
            ),
            Line(
                "12 08:41", "bo", "Happy to be here. The interface engine says hello too, mostly."
            ),
            Line(
                "5 16:05",
                "ada",
                "The works council has agreed to the pilot on Ward 3, with two conditions: no "
                "evaluation of single persons, and an off switch on every screen. Both are in the "
                "design already. Thank you @{cy}.",
                reactions={"🎉": "cy dee hana", "🙏": "finn"},
                replies=(
                    Line("5 16:20", "hana", "Does the off switch leave the numbers of the day?"),
                    Line("5 16:31", "ada", "It does. Off means off from now, not as if never."),
                    Line(
                        "-47", "hana", "@{ada} they ask for that sentence in writing. May I quote?"
                    ),
                ),
            ),
            Line(
                "1 12:00",
                "hana",
                "First numbers after nine days, Ward 3 only:\n\n"
                "| step | before | now |\n"
                "| --- | --- | --- |\n"
                "| doctor's word → letter drafted | 95 min | 40 min |\n"
                "| letter → medication checked | 120 min | 55 min |\n"
                "| papers → patient leaves | 95 min | 60 min |\n\n"
                "Median in total: **2 h 35 min**. Small sample, but the direction holds on every "
                "single day.",
                reactions={"🚀": "ada bo cy finn", "❤️": "dee gita"},
            ),
            Line(
                "1 12:04", "dee", "I had to read that twice. We felt it, and now it has a number."
            ),
        ),
    ),
    Room(
        "intake-pilot",
        "Ward 3, since the 1st: planning the way home on the day of arrival",
        "Work",
        (
            Line(
                "6 07:52",
                "dee",
                "Day one of planning at intake. Twelve beds, four new patients, and the form "
                "takes *six* minutes. You promised two, Cy.",
            ),
            Line(
                "6 08:03",
                "cy",
                "I did. May I stand beside you tomorrow at 7 and watch where the other four go?",
            ),
            Line("6 08:04", "dee", "Bring coffee.", reactions={"☕": "cy ada"}),
            Line(
                "5 09:26",
                "cy",
                "I brought coffee. What I saw:\n\n"
                "1. Three fields ask for what the admission desk has typed already\n"
                "2. “Expected date” makes people think of a promise; nobody wants to write one\n"
                "3. The relatives' phone number is on paper, in the drawer, under the tape\n\n"
                "1 goes away with the bridge. For 2 I would write *earliest likely day*. "
                "3 is a drawer problem.",
            ),
            Line(
                "5 09:31",
                "finn",
                "„Frühestens am …“ würde ich sofort ausfüllen. „Entlassung am …“ nie, da ruft mich "
                "um sechs die Familie an.",
                replies=(
                    Line("5 09:40", "cy", "@{finn} and in Hindi? “जल्द से जल्द” sounds like a hurry."),
                    Line("5 09:44", "gita", "“संभावित दिन”. Nobody is hurried by a possible day."),
                    Line("5 09:51", "finn", "Übernommen, in beiden Sprachen."),
                ),
            ),
            Line(
                "5 09:33",
                "ada",
                "Then that is the word. Decided.",
                reactions={"👍": "cy dee finn gita"},
            ),
            Line(
                "3 14:10",
                "gita",
                "कमरा 7 की मरीज़ सीढ़ियाँ चढ़ सकती हैं, लेकिन घर पर तीसरी मंज़िल है और लिफ़्ट नहीं। "
                "मैंने फ़ॉर्म में “घर की स्थिति” में लिख दिया है। क्या यह सबको दिखता है?",
            ),
            Line(
                "3 14:15",
                "dee",
                "हाँ, सुबह की बैठक की सूची में सबसे ऊपर आता है। बहुत अच्छा कि आज ही पता चला, "
                "पहले यह हमें छुट्टी के दिन पता चलता था।",
            ),
            Line(
                "3 14:22",
                "ada",
                "For everybody else: Gita found out on day two that a patient lives on the third "
                "floor without a lift. We used to learn that on the last day. This is the pilot.",
                reactions={"❤️": "dee esi gita hana", "👏": "bo cy"},
            ),
            Line(
                "2 10:40",
                "esi",
                "Pharmacy here. Could the form ask one more thing: *does somebody at home sort the "
                "tablets?* If yes I write the plan for that person.",
            ),
            Line(
                "2 10:44",
                "cy",
                "One checkbox, one name. It will be there by Thursday.",
                replies=(
                    Line("2 11:02", "esi", "And if it is the neighbour, not the family?"),
                    Line("2 11:05", "cy", "Then the neighbour has a name too. Free text, no list."),
                ),
            ),
            Line("2 10:45", "esi", "🙏"),
            Line(
                "0 07:58",
                "dee",
                "Two minutes and ten seconds, measured with the egg timer from the kitchen.",
                reactions={"🥚": "cy", "👏": "ada bo esi gita"},
            ),
            Line("-52", "cy", "I am framing this message.", fresh=True),
            Line(
                "-44",
                "finn",
                "Kleine Bitte noch: Der Entwurf des Arztbriefs sollte erst aufgehen, wenn die "
                "Laborwerte von heute da sind. Sonst diktiere ich zweimal.",
                fresh=True,
            ),
            Line(
                "-41",
                "bo",
                "That event exists. I will hold the draft until it came.",
                fresh=True,
                reactions={"👍": "finn"},
                replies=(
                    Line("-38", "finn", "Auch nachts? Dann fehlt das Labor bis sechs."),
                    Line("-33", "bo", "At night it opens at once, with a line that says so."),
                ),
            ),
        ),
    ),
    Room(
        "bridge-hl7",
        "Admission and lab messages in, discharge papers out",
        "Work",
        (
            Line(
                "8 11:15",
                "bo",
                "The bridge listens on the admission feed since this morning. `ADT^A01` and "
                "`ADT^A08` arrive, `ADT^A03` (discharge) sometimes comes *before* the last "
                "`A08`. Not wrong by the book, but nobody expects it.",
            ),
            Line(
                "8 11:19",
                "hana",
                "That explains 14 patients who left the clinic and were then moved to another bed.",
            ),
            Line(
                "7 15:32",
                "bo",
                "This is what we do now. The clock of the sender decides, not the order of "
                "arrival:\n\n"
                "```python\n"
                "def newest(messages: list[Admission]) -> Admission:\n"
                '    """The message that speaks last by the sender\'s clock (EVN-6)."""\n'
                "    return max(messages, key=lambda m: (m.event_at, m.control_id))\n"
                "```\n\n"
                "If two carry the same second, the control id breaks the tie. I have read the "
                "feed of a whole month against it: no patient moves after leaving.",
                reactions={"👏": "hana cy"},
            ),
            Line("7 15:40", "cy", "I understood *no patient moves after leaving*. Lovely."),
            Line(
                "4 13:02",
                "finn",
                "Welche Laborwerte kommen eigentlich als fertig markiert? Bei uns steht oft "
                "„vorläufig“, und dann ändert sich nichts mehr.",
            ),
            Line(
                "4 13:20",
                "bo",
                "> Bei uns steht oft „vorläufig“\n\n"
                "Das sind `OBR-25 = P`. Das Labor schickt das `F` erst nach der Freigabe um 14 "
                "Uhr. Ich warte bis dahin und nehme sonst den letzten Wert mit einem Hinweis.",
            ),
            Line(
                "2 17:45",
                "hana",
                "For the report I map this to [Encounter in FHIR R4]"
                "(https://hl7.org/fhir/R4/encounter.html). If anybody has a good reason for R5, "
                "speak now.",
            ),
            Line(
                "2 17:51",
                "bo",
                "No reason from me. Our neighbours all speak R4, and the change notes are here: "
                "https://hl7.org/fhir/R5/diff.html",
            ),
            Line(
                "-95",
                "bo",
                "Load test overnight: 38,000 messages, none lost, slowest 1.4 s. I am going to "
                "drink something that is not coffee.",
                reactions={"🚀": "ada cy hana", "🍵": "ivo"},
            ),
        ),
    ),
    Room(
        "night-shift",
        "From 20:00 to 6:15. Please no pings to people who sleep",
        "Talk",
        (
            Line(
                "2 22:14",
                "ivo",
                "Quiet so far. Bed 11 wants to go home *now*, in slippers. We are having tea.",
            ),
            Line(
                "2 23:40",
                "ivo",
                "The letter for bed 4 was drafted at 18:10 and is still waiting for a signature. "
                "Nobody's fault, but the screen says “in work” and means “forgotten”.",
            ),
            Line("1 06:20", "finn", "Unterschrieben. Danke, Ivo, das habe ich nicht gesehen."),
            Line(
                "1 08:02",
                "cy",
                "A draft without a signature for four hours will turn amber, and say whose turn "
                "it is.",
            ),
            Line(
                "1 22:31",
                "ivo",
                "Tonight's list for the morning:\n\n"
                "- bed 2: transport ordered for 9:30\n"
                "- bed 7: daughter comes at 10, wants to talk to Gita\n"
                "- bed 11: asleep, slippers confiscated",
            ),
            Line(
                "-31",
                "gita",
                "कमरा 7 की बेटी से मैं दस बजे मिल लूँगी। व्यायाम की पर्ची हिंदी और जर्मन, दोनों में तैयार है।",
                fresh=True,
            ),
        ),
    ),
    Room(
        "kitchen-table",
        "Everything that is not work",
        "Talk",
        (
            Line(
                "9 12:31", "esi", "There is jollof in the fridge. The *good* box. One spoon each."
            ),
            Line("9 12:58", "bo", "I had two. I am not sorry."),
            Line(
                "4 16:48",
                "hana",
                "Who comes to the river on Saturday? I know a place where the water is almost "
                "warm.",
            ),
            Line("4 16:52", "cy", "Me, and a very fast dog."),
            Line("4 17:15", "gita", "मैं भी! बच्चों के साथ, अगर ठीक हो तो 🏊"),
            Line(
                "4 17:17", "hana", "Perfekt. Treffpunkt halb zehn am Steg, Kuchen bringe ich mit."
            ),
            Line("0 06:40", "ivo", "Nine hours, no alarm, one slipper. Good night, everybody ☀️"),
        ),
    ),
)
