"""What the policy table is written in: facts about the world, and what a need answers to whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.world import READERS

OUT = {"anybody", "fay"}  # not signed in; deactivated
PEOPLE = ("anybody", "fay", "ada", "bo", "gil", "cy", "dee", "gus", "rob", "hal", "eve")

MEMBERS = {"G1": {"bo", "gil", "cy", "dee", "gus", "rob"}, "G2": {"hal"}, "none": set[str]()}
LEADERS = {"G1": {"bo", "gil"}, "G2": {"hal"}, "none": set[str]()}
INVITERS = {"G1": {"bo", "gil", "cy", "dee", "rob"}, "G2": {"hal"}, "none": set[str]()}
GROUP_OF = {"open": "G1", "closed": "G1", "old": "G1", "far": "G2", "talk": "none", "none": "none"}
VIEWERS = {**READERS, "none": set[str]()}
WRITERS = {**VIEWERS, "old": set[str]()}
AUTHORS = {"open": "cy", "closed": "cy", "old": "cy", "far": "hal", "talk": "cy", "none": ""}
MODERATORS = {place: LEADERS[group] & WRITERS[place] for place, group in GROUP_OF.items()}
MANAGERS = {place: LEADERS[group] & VIEWERS[place] for place, group in GROUP_OF.items()}
LET_IN = {("closed", "cy"), ("open", "gus"), ("talk", "cy"), ("closed", "bo")}

# Who may have a file: who may read its place, or its owner while it is nowhere.
HOLDERS = {**VIEWERS, "loose": {"cy"}}
FILES = (*GROUP_OF, "loose")
PLACES = ("open", "closed", "old", "far", "talk", "none")
GROUPS = ("G1", "G2", "none")

Answer = Callable[[str, str], int]


@dataclass(frozen=True, slots=True)
class Route:
    """Where a route is tried, what is sent, and what each person must be answered."""

    states: tuple[str, ...]
    answer: Answer
    body: Any = None


def signed_in(status: int) -> Answer:
    """Everybody with a living session."""
    return lambda who, _: 401 if who in OUT else status


def always(status: int) -> Answer:
    """Everybody, signed in or not."""
    return lambda _, __: status


def need(known: dict[str, set[str]], able: dict[str, set[str]], status: int) -> Answer:
    """404 for who may not know, 403 for who may not do."""

    def answer(who: str, state: str) -> int:
        if who in OUT:
            return 401
        if who not in known[state]:
            return 404
        return status if who in able[state] else 403

    return answer


def author(status: int) -> Answer:
    """Editing: the author, where they may still write."""
    able = {place: {AUTHORS[place]} & WRITERS[place] for place in PLACES}
    return need(VIEWERS, able, status)


def deleting(status: int) -> Answer:
    able = {place: {AUTHORS[place]} & WRITERS[place] | MODERATORS[place] for place in PLACES}
    return need(VIEWERS, able, status)


def taking_out(who: str, place: str) -> int:
    """Of cy: only where a rule of cy's own stands."""
    status = need(VIEWERS, MANAGERS, 204)(who, place)
    return 404 if status == 204 and (place, "cy") not in LET_IN else status


def letting_in(who: str, place: str) -> int:
    """Of cy: only into places of cy's own group."""
    status = need(VIEWERS, MANAGERS, 204)(who, place)
    return 404 if status == 204 and GROUP_OF[place] != "G1" else status


def removing(who: str, group: str) -> int:
    """Dee from a group: oneself, or who leads it; nobody is removed from where they are not."""
    if who in OUT:
        return 401
    if who not in MEMBERS[group] or group != "G1":
        return 404
    return 204 if who == "dee" or who in LEADERS[group] else 403


def of_dee(status: int) -> Answer:
    """What is done to dee by who leads a group dee is in."""

    def answer(who: str, group: str) -> int:
        asked = need(MEMBERS, LEADERS, status)(who, group)
        return 404 if asked == status and group != "G1" else asked

    return answer


def founding(who: str, _: str) -> int:
    return 401 if who in OUT else 403 if who == "gus" else 201


def of_admins(status: int) -> Answer:
    """What only who looks after the workspace may."""
    return lambda who, _: 401 if who in OUT else status if who == "ada" else 403


def own(status: int) -> Answer:
    """What is cy's alone."""
    return lambda who, _: 401 if who in OUT else status if who == "cy" else 404


def discarding(who: str, place: str) -> int:
    """A loose file of cy's; one in a place belongs to what it was sent with."""
    able = {state: {"cy"} if state == "loose" else set[str]() for state in HOLDERS}
    return need(HOLDERS, able, 204)(who, place)


def opening(who: str, other: str) -> int:
    """A conversation: with whom one may know of. A guest knows the people of the same groups."""
    if who in OUT:
        return 401
    if other in {"fay", "none"} or (who == "gus" and other == "hal"):
        return 404
    return 201


def blocking(who: str, _: str) -> int:
    """Dee, who cannot block dee."""
    return 401 if who in OUT else 422 if who == "dee" else 204


def ending(who: str, _: str) -> int:
    """The session of cy."""
    return 401 if who in OUT else 204 if who == "cy" else 404
