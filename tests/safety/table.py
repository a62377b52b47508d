"""The policy table: what each route must answer to each person, written down by hand.

Facts about the world, a need per route, and nothing of the server's own code: the matrix holds the
server against this.
"""

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


def _author(status: int) -> Answer:
    """Editing: the author, where they may still write."""
    able = {place: {AUTHORS[place]} & WRITERS[place] for place in PLACES}
    return need(VIEWERS, able, status)


def _deleting(status: int) -> Answer:
    able = {place: {AUTHORS[place]} & WRITERS[place] | MODERATORS[place] for place in PLACES}
    return need(VIEWERS, able, status)


def _taking_out(who: str, place: str) -> int:
    """Of cy: only where a rule of cy's own stands."""
    status = need(VIEWERS, MANAGERS, 204)(who, place)
    return 404 if status == 204 and (place, "cy") not in LET_IN else status


def _letting_in(who: str, place: str) -> int:
    """Of cy: only into places of cy's own group."""
    status = need(VIEWERS, MANAGERS, 204)(who, place)
    return 404 if status == 204 and GROUP_OF[place] != "G1" else status


def _removing(who: str, group: str) -> int:
    """Dee from a group: oneself, or who leads it; nobody is removed from where they are not."""
    if who in OUT:
        return 401
    if who not in MEMBERS[group] or group != "G1":
        return 404
    return 204 if who == "dee" or who in LEADERS[group] else 403


def _founding(who: str, _: str) -> int:
    return 401 if who in OUT else 403 if who == "gus" else 201


def _looking_after(who: str, _: str) -> int:
    """What only who looks after the workspace may."""
    return 401 if who in OUT else 201 if who == "ada" else 403


def _own(status: int) -> Answer:
    """What is cy's alone."""
    return lambda who, _: 401 if who in OUT else status if who == "cy" else 404


def _discarding(who: str, place: str) -> int:
    """A loose file of cy's; one in a place belongs to what it was sent with."""
    able = {state: {"cy"} if state == "loose" else set[str]() for state in HOLDERS}
    return need(HOLDERS, able, 204)(who, place)


def _opening(who: str, other: str) -> int:
    """A conversation: with whom one may know of. A guest knows the people of the same groups."""
    if who in OUT:
        return 401
    if other in {"fay", "none"} or (who == "gus" and other == "hal"):
        return 404
    return 201


def _blocking(who: str, _: str) -> int:
    """Dee, who cannot block dee."""
    return 401 if who in OUT else 422 if who == "dee" else 204


def _ending(who: str, _: str) -> int:
    """The session of cy."""
    return 401 if who in OUT else 204 if who == "cy" else 404


NEW = {"client_id": "{new}", "name": "{new}"}
ONLY = ("",)
WRONG = {"email": "nobody@example.org", "password": "a wrong guess"}
TOKEN = {"token": "a-token-that-nobody-has"}
SETUP = {"workspace_name": "W", "name": "N", "email": "n@example.org", "password": "ten words long"}
PASSWORDS = {"current": "a wrong guess", "new": "ten words long"}
JOIN = {**TOKEN, "name": "N", "email": "n@example.org", "password": "ten words long"}

TABLE: dict[str, Route] = {
    "GET /api/health": Route(ONLY, always(200)),
    "GET /api/workspace": Route(ONLY, always(200)),
    "GET /api/install/ca.pem": Route(ONLY, always(404)),
    "GET /api/setup/checks": Route(ONLY, always(404)),
    "POST /api/reports/csp": Route(ONLY, always(204), {}),
    "POST /api/demo": Route(ONLY, _looking_after),
    "POST /api/setup": Route(ONLY, always(409), SETUP),
    "POST /api/sessions": Route(ONLY, always(401), WRONG),
    "POST /api/sessions/refresh": Route(ONLY, always(401)),
    "POST /api/invites/look": Route(ONLY, always(404), TOKEN),
    "POST /api/invites/join": Route(ONLY, always(404), JOIN),
    "POST /api/invites/accept": Route(ONLY, signed_in(404), TOKEN),
    "GET /api/sessions": Route(ONLY, signed_in(200)),
    "DELETE /api/sessions/current": Route(ONLY, signed_in(204)),
    "DELETE /api/sessions/{session_id}": Route(ONLY, _ending),
    "DELETE /api/sessions": Route(ONLY, signed_in(204)),
    "GET /api/me": Route(ONLY, signed_in(200)),
    "PATCH /api/me": Route(ONLY, signed_in(200), {"title": "x"}),
    "PUT /api/me/password": Route(ONLY, signed_in(422), PASSWORDS),
    "PUT /api/me/avatar": Route(ONLY, signed_in(422)),
    "DELETE /api/me/avatar": Route(ONLY, signed_in(200)),
    "PUT /api/me/status": Route(ONLY, signed_in(200), {"text": "x"}),
    "PUT /api/me/dnd": Route(ONLY, signed_in(200), {"until": None}),
    "PUT /api/me/quiet-hours": Route(ONLY, signed_in(200), {"quiet_hours": None}),
    "GET /api/me/blocks": Route(ONLY, signed_in(200)),
    "PUT /api/me/blocks/{user_id}": Route(ONLY, _blocking),
    "DELETE /api/me/blocks/{user_id}": Route(ONLY, signed_in(204)),
    "PUT /api/me/group-order": Route(ONLY, signed_in(204), {"ids": []}),
    "GET /api/users": Route(ONLY, signed_in(200)),
    "GET /api/users/{user_id}/avatar": Route(ONLY, signed_in(404)),
    "GET /api/places": Route(ONLY, signed_in(200)),
    "GET /api/activity": Route(ONLY, signed_in(200)),
    "POST /api/activity/read": Route(ONLY, signed_in(204), {"all": True}),
    "GET /api/conversations": Route(ONLY, signed_in(200)),
    "POST /api/conversations": Route(
        ("dee", "hal", "fay", "none"), _opening, {"user_ids": ["{other}"]}
    ),
    "POST /api/socket/ticket": Route(ONLY, signed_in(200)),
    "POST /api/sync": Route(ONLY, signed_in(200), {}),
    "POST /api/groups": Route(ONLY, _founding, NEW),
    "PATCH /api/groups/{group_id}": Route(GROUPS, need(MEMBERS, LEADERS, 200), {"name": "G"}),
    "PUT /api/groups/{group_id}/archived": Route(
        GROUPS, need(MEMBERS, LEADERS, 200), {"archived": False}
    ),
    "PUT /api/groups/{group_id}/notifications": Route(
        GROUPS, need(MEMBERS, MEMBERS, 200), {"level": "all"}
    ),
    "GET /api/groups/{group_id}/members": Route(GROUPS, need(MEMBERS, MEMBERS, 200)),
    "DELETE /api/groups/{group_id}/members/{user_id}": Route(GROUPS, _removing),
    "GET /api/groups/{group_id}/roles": Route(GROUPS, need(MEMBERS, MEMBERS, 200)),
    "POST /api/groups/{group_id}/invites": Route(GROUPS, need(MEMBERS, INVITERS, 201), {}),
    "GET /api/groups/{group_id}/invites": Route(GROUPS, need(MEMBERS, INVITERS, 200)),
    "DELETE /api/invites/{invite_id}": Route(("G1", "G2"), need(MEMBERS, LEADERS, 204)),
    "GET /api/groups/{group_id}/channels": Route(GROUPS, need(MEMBERS, MEMBERS, 200)),
    "POST /api/groups/{group_id}/channels": Route(GROUPS, need(MEMBERS, LEADERS, 201), NEW),
    "PUT /api/groups/{group_id}/layout": Route(
        GROUPS, need(MEMBERS, LEADERS, 204), {"categories": [], "channels": []}
    ),
    "POST /api/groups/{group_id}/categories": Route(GROUPS, need(MEMBERS, LEADERS, 201), NEW),
    "PATCH /api/categories/{category_id}": Route(
        GROUPS, need(MEMBERS, LEADERS, 200), {"name": "C"}
    ),
    "DELETE /api/categories/{category_id}": Route(GROUPS, need(MEMBERS, LEADERS, 204)),
    "GET /api/channels/{channel_id}": Route(PLACES, need(VIEWERS, VIEWERS, 200)),
    "PATCH /api/channels/{channel_id}": Route(PLACES, need(VIEWERS, MANAGERS, 200), {"topic": "x"}),
    "PUT /api/channels/{channel_id}/private": Route(
        PLACES, need(VIEWERS, MANAGERS, 200), {"private": True}
    ),
    "PUT /api/channels/{channel_id}/archived": Route(
        PLACES, need(VIEWERS, MANAGERS, 200), {"archived": True}
    ),
    "PUT /api/channels/{channel_id}/follow": Route(
        PLACES, need(VIEWERS, VIEWERS, 200), {"level": "all"}
    ),
    "DELETE /api/channels/{channel_id}/follow": Route(PLACES, need(VIEWERS, VIEWERS, 204)),
    "PUT /api/channels/{channel_id}/read": Route(
        PLACES, need(VIEWERS, VIEWERS, 204), {"position": 1}
    ),
    "GET /api/channels/{channel_id}/people": Route(PLACES, need(VIEWERS, VIEWERS, 200)),
    "PUT /api/channels/{channel_id}/people/{user_id}": Route(PLACES, _letting_in),
    "DELETE /api/channels/{channel_id}/people/{user_id}": Route(PLACES, _taking_out),
    "POST /api/channels/{channel_id}/messages": Route(
        PLACES, need(VIEWERS, WRITERS, 201), {"client_id": "{new}", "text": "words"}
    ),
    "GET /api/channels/{channel_id}/messages": Route(PLACES, need(VIEWERS, VIEWERS, 200)),
    "POST /api/uploads": Route(
        ONLY, signed_in(201), {"client_id": "{new}", "name": "x", "size": 1}
    ),
    "GET /api/uploads/{upload_id}": Route(ONLY, _own(200)),
    "PATCH /api/uploads/{upload_id}": Route(ONLY, _own(422)),
    "DELETE /api/uploads/{upload_id}": Route(ONLY, _own(204)),
    "GET /api/files/{file_id}/content": Route(FILES, need(HOLDERS, HOLDERS, 200)),
    "GET /api/files/{file_id}/preview": Route(FILES, need(HOLDERS, HOLDERS, 200)),
    "DELETE /api/files/{file_id}": Route(FILES, _discarding),
    "GET /api/channels/{channel_id}/files": Route(PLACES, need(VIEWERS, VIEWERS, 200)),
    "GET /api/messages/{message_id}": Route(PLACES, need(VIEWERS, VIEWERS, 200)),
    "PATCH /api/messages/{message_id}": Route(PLACES, _author(200), {"text": "words"}),
    "DELETE /api/messages/{message_id}": Route(PLACES, _deleting(204)),
    "GET /api/messages/{message_id}/versions": Route(PLACES, need(VIEWERS, VIEWERS, 200)),
    "GET /api/messages/{message_id}/new-readers/{channel_id}": Route(
        PLACES, need(VIEWERS, VIEWERS, 200)
    ),
    "PUT /api/messages/{message_id}/reactions/{emoji}": Route(PLACES, need(VIEWERS, WRITERS, 200)),
    "DELETE /api/messages/{message_id}/reactions/{emoji}": Route(
        PLACES, need(VIEWERS, VIEWERS, 200)
    ),
    "PUT /api/messages/{message_id}/pin": Route(PLACES, need(VIEWERS, WRITERS, 204)),
    "DELETE /api/messages/{message_id}/pin": Route(PLACES, need(VIEWERS, WRITERS, 204)),
    "GET /api/channels/{channel_id}/pins": Route(PLACES, need(VIEWERS, VIEWERS, 200)),
    "PUT /api/messages/{message_id}/saved": Route(PLACES, need(VIEWERS, VIEWERS, 204)),
    "DELETE /api/messages/{message_id}/saved": Route(PLACES, need(VIEWERS, VIEWERS, 204)),
    "GET /api/saved": Route(ONLY, signed_in(200)),
    "GET /api/saved/ids": Route(ONLY, signed_in(200)),
    "PUT /api/channels/{channel_id}/draft": Route(
        PLACES, need(VIEWERS, VIEWERS, 204), {"text": "half"}
    ),
    "GET /api/drafts": Route(ONLY, signed_in(200)),
    "GET /api/messages/{message_id}/thread": Route(PLACES, need(VIEWERS, VIEWERS, 200)),
    "GET /api/threads": Route(ONLY, signed_in(200)),
    "PUT /api/threads/read": Route(ONLY, signed_in(204)),
    "GET /api/threads/{thread_id}/messages": Route(PLACES, need(VIEWERS, VIEWERS, 200)),
    "PUT /api/threads/{thread_id}/follow": Route(
        PLACES, need(VIEWERS, VIEWERS, 200), {"following": True}
    ),
    "PUT /api/threads/{thread_id}/read": Route(
        PLACES, need(VIEWERS, VIEWERS, 200), {"position": 1}
    ),
}
