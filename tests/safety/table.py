"""The policy table: what each route must answer to each person, written down by hand.

Nothing of the server's own code is used: the matrix holds the server against this.
"""

from tests.safety.needs import (
    FILES,
    GROUPS,
    HOLDERS,
    INVITERS,
    LEADERS,
    MANAGERS,
    MEMBERS,
    PLACES,
    VIEWERS,
    WRITERS,
    Route,
    always,
    author,
    blocking,
    deleting,
    discarding,
    ending,
    founding,
    letting_in,
    need,
    of_admins,
    of_dee,
    opening,
    own,
    removing,
    signed_in,
    taking_out,
)

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
    "POST /api/demo": Route(ONLY, of_admins(201)),
    "GET /api/accounts": Route(ONLY, of_admins(200)),
    "PUT /api/accounts/{user_id}/active": Route(ONLY, of_admins(200), {"active": False}),
    "PUT /api/accounts/{user_id}/role": Route(ONLY, of_admins(200), {"role": "admin"}),
    "DELETE /api/accounts/{user_id}/sessions": Route(ONLY, of_admins(204)),
    "GET /api/licence": Route(ONLY, of_admins(200)),
    "POST /api/licence/look": Route(ONLY, of_admins(422), {"text": "no licence"}),
    "PUT /api/licence": Route(ONLY, of_admins(422), {"text": "no licence"}),
    "POST /api/setup": Route(ONLY, always(409), SETUP),
    "POST /api/sessions": Route(ONLY, always(401), WRONG),
    "POST /api/sessions/refresh": Route(ONLY, always(401)),
    "POST /api/invites/look": Route(ONLY, always(404), TOKEN),
    "POST /api/invites/join": Route(ONLY, always(404), JOIN),
    "POST /api/invites/accept": Route(ONLY, signed_in(404), TOKEN),
    "GET /api/sessions": Route(ONLY, signed_in(200)),
    "DELETE /api/sessions/current": Route(ONLY, signed_in(204)),
    "DELETE /api/sessions/{session_id}": Route(ONLY, ending),
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
    "PUT /api/me/blocks/{user_id}": Route(ONLY, blocking),
    "DELETE /api/me/blocks/{user_id}": Route(ONLY, signed_in(204)),
    "PUT /api/me/group-order": Route(ONLY, signed_in(204), {"ids": []}),
    "GET /api/users": Route(ONLY, signed_in(200)),
    "GET /api/users/{user_id}/avatar": Route(ONLY, signed_in(404)),
    "GET /api/places": Route(ONLY, signed_in(200)),
    "GET /api/activity": Route(ONLY, signed_in(200)),
    "POST /api/activity/read": Route(ONLY, signed_in(204), {"all": True}),
    "GET /api/conversations": Route(ONLY, signed_in(200)),
    "POST /api/conversations": Route(
        ("dee", "hal", "fay", "none"), opening, {"user_ids": ["{other}"]}
    ),
    "POST /api/socket/ticket": Route(ONLY, signed_in(200)),
    "POST /api/sync": Route(ONLY, signed_in(200), {}),
    "POST /api/groups": Route(ONLY, founding, NEW),
    "PATCH /api/groups/{group_id}": Route(GROUPS, need(MEMBERS, LEADERS, 200), {"name": "G"}),
    "PUT /api/groups/{group_id}/archived": Route(
        GROUPS, need(MEMBERS, LEADERS, 200), {"archived": False}
    ),
    "PUT /api/groups/{group_id}/notifications": Route(
        GROUPS, need(MEMBERS, MEMBERS, 200), {"level": "all"}
    ),
    "GET /api/groups/{group_id}/members": Route(GROUPS, need(MEMBERS, MEMBERS, 200)),
    "DELETE /api/groups/{group_id}/members/{user_id}": Route(GROUPS, removing),
    "GET /api/groups/{group_id}/roles": Route(GROUPS, need(MEMBERS, MEMBERS, 200)),
    "POST /api/groups/{group_id}/roles": Route(GROUPS, need(MEMBERS, LEADERS, 201), NEW),
    "PUT /api/groups/{group_id}/role-order": Route(
        GROUPS, need(MEMBERS, LEADERS, 422), {"ids": []}
    ),
    "PATCH /api/groups/{group_id}/roles/{role_id}": Route(
        GROUPS, need(MEMBERS, LEADERS, 200), {"name": "R"}
    ),
    "DELETE /api/groups/{group_id}/roles/{role_id}": Route(GROUPS, need(MEMBERS, LEADERS, 204)),
    "PUT /api/groups/{group_id}/members/{user_id}/roles": Route(
        GROUPS, of_dee(204), {"role_ids": ["{role}"]}
    ),
    "GET /api/groups/{group_id}/seen-by-roles": Route(GROUPS, need(MEMBERS, LEADERS, 200)),
    "GET /api/groups/{group_id}/seen-by/{user_id}": Route(GROUPS, of_dee(200)),
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
    "PUT /api/channels/{channel_id}/default": Route(
        PLACES, need(VIEWERS, MANAGERS, 200), {"default": True}
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
    "GET /api/channels/{channel_id}/rules": Route(PLACES, need(VIEWERS, MANAGERS, 200)),
    "PUT /api/channels/{channel_id}/rules": Route(
        PLACES, need(VIEWERS, MANAGERS, 200), {"rules": []}
    ),
    "POST /api/channels/{channel_id}/rules/reach": Route(
        PLACES, need(VIEWERS, MANAGERS, 200), {"rules": []}
    ),
    "PUT /api/channels/{channel_id}/people/{user_id}": Route(PLACES, letting_in),
    "DELETE /api/channels/{channel_id}/people/{user_id}": Route(PLACES, taking_out),
    "POST /api/channels/{channel_id}/messages": Route(
        PLACES, need(VIEWERS, WRITERS, 201), {"client_id": "{new}", "text": "words"}
    ),
    "GET /api/channels/{channel_id}/messages": Route(PLACES, need(VIEWERS, VIEWERS, 200)),
    "POST /api/uploads": Route(
        ONLY, signed_in(201), {"client_id": "{new}", "name": "x", "size": 1}
    ),
    "GET /api/uploads/{upload_id}": Route(ONLY, own(200)),
    "PATCH /api/uploads/{upload_id}": Route(ONLY, own(422)),
    "DELETE /api/uploads/{upload_id}": Route(ONLY, own(204)),
    "GET /api/files/{file_id}/content": Route(FILES, need(HOLDERS, HOLDERS, 200)),
    "GET /api/files/{file_id}/preview": Route(FILES, need(HOLDERS, HOLDERS, 200)),
    "DELETE /api/files/{file_id}": Route(FILES, discarding),
    "GET /api/channels/{channel_id}/files": Route(PLACES, need(VIEWERS, VIEWERS, 200)),
    "GET /api/messages/{message_id}": Route(PLACES, need(VIEWERS, VIEWERS, 200)),
    "PATCH /api/messages/{message_id}": Route(PLACES, author(200), {"text": "words"}),
    "DELETE /api/messages/{message_id}": Route(PLACES, deleting(204)),
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
