"""Slack's short names of emoji as characters. Names of a workspace's own emoji stay as they are."""

import re
import unicodedata
from functools import lru_cache

from rich.emoji import Emoji

_NAME = re.compile(r":([a-z0-9_+'-]{1,60}):(?::skin-tone-([2-6]):)?")

# What Slack calls otherwise than everybody else.
_OWN = {
    "simple_smile": "🙂",
    "slightly_smiling_face": "🙂",
    "upside_down_face": "🙃",
    "thinking_face": "🤔",
    "face_with_rolling_eyes": "🙄",
    "face_palm": "🤦",
    "facepalm": "🤦",
    "shrug": "🤷",
    "man-shrugging": "🤷‍♂️",
    "woman-shrugging": "🤷‍♀️",
    "man-facepalming": "🤦‍♂️",
    "woman-facepalming": "🤦‍♀️",
    "male-technologist": "👨‍💻",
    "female-technologist": "👩‍💻",
    "male-doctor": "👨‍⚕️",
    "female-doctor": "👩‍⚕️",
    "man-raising-hand": "🙋‍♂️",
    "woman-raising-hand": "🙋‍♀️",
    "man-bowing": "🙇‍♂️",
    "woman-bowing": "🙇‍♀️",
    "man-running": "🏃‍♂️",
    "woman-running": "🏃‍♀️",
    "heart_hands": "🫶",
    "large_green_circle": "🟢",
    "large_yellow_circle": "🟡",
    "large_orange_circle": "🟠",
    "large_purple_circle": "🟣",
    "large_green_square": "🟩",
    "large_yellow_square": "🟨",
    "large_red_square": "🟥",
    "large_blue_circle": "🔵",
    "red_circle": "🔴",
    "pray": "🙏",
    "call_me_hand": "🤙",
    "the_horns": "🤘",
    "sign_of_the_horns": "🤘",
    "raised_hand_with_fingers_splayed": "🖐️",
    "spock-hand": "🖖",
    "mostly_sunny": "🌤️",
    "sun_small_cloud": "🌤️",
    "knife_fork_plate": "🍽️",
    "flag-england": "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "flag-scotland": "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "flag-wales": "🏴󠁧󠁢󠁷󠁬󠁳󠁿",
}
_COUNTRIES = ("de", "us", "gb", "fr", "es", "it", "jp", "kr", "cn", "ru")
# Characters of the lower plane that are shown in colour without being asked to.
_COLOURED = frozenset(
    "⌚⌛⏩⏪⏫⏬⏰⏳◽◾☔☕♈♉♊♋♌♍♎♏♐♑♒♓♿⚓⚡⚪⚫⚽⚾⛄⛅⛎⛔⛪⛲⛳⛵⛺⛽✅✊✋✨❌❎❓❔❕❗➕➖➗➰➿⬛⬜⭐⭕"
)
_SYMBOLS_FROM = 0x2190
_IN_COLOUR = "\ufe0f"


def replace(text: str) -> str:
    """The text with known `:names:` as characters, skin tones included."""
    return _NAME.sub(lambda found: _character(found[1], found[2]) or found[0], text)


def named(name: str, code: str, tone: object) -> str:
    """One emoji of a block: from its code points ("1f469-200d-1f4bb") when given, else from its
    name, else `:name:`."""
    return _from_code(code) or _character(name, str(tone)) or f":{name}:"


def _from_code(code: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{2,6}(-[0-9a-fA-F]{2,6}){0,9}", code):
        return ""
    points = [int(part, 16) for part in code.split("-")]
    return "".join(map(chr, points)) if max(points) < 0x110000 else ""


def _character(name: str, tone: str | None) -> str:
    found = _known(name)
    if found and tone in ("2", "3", "4", "5", "6"):
        # The tone follows the first character; what joins further ones comes after it.
        return found[0] + chr(0x1F3F9 + int(tone)) + found[1:].removeprefix(_IN_COLOUR)
    return found


@lru_cache(maxsize=4096)
def _known(name: str) -> str:
    if name in _OWN:
        return _OWN[name]
    if country := _country(name):
        return "".join(chr(0x1F1E6 + ord(letter) - ord("a")) for letter in country)
    found = Emoji.replace(f":{name}:")
    if found == f":{name}:":
        found = _by_unicode(name)
    if len(found) == 1 and found < "\U00010000" and found not in _COLOURED:
        return found + _IN_COLOUR
    return found


def _country(name: str) -> str:
    code = name.removeprefix("flag-")
    own = name in _COUNTRIES or name.startswith("flag-")
    return code if own and re.fullmatch("[a-z]{2}", code) else ""


def _by_unicode(name: str) -> str:
    for spelled in (name.replace("_", " "), name.replace("_", "-")):
        try:
            found = unicodedata.lookup(spelled)
        except KeyError:
            continue
        # `:comma:` is no picture.
        if len(found) == 1 and ord(found) >= _SYMBOLS_FROM:
            return found
    return ""
