"""What a workspace holds before a journey begins, put there over the API."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

import httpx
from playwright.sync_api import Page

from tests.e2e.server import Server
from tests.licences import licence

PASSWORD = "seven quiet lanterns"
NAMES = {
    "ada": "Ada Okafor",
    "bo": "Bo Brandt",
    "cy": "Cy Tanaka",
    "dee": "Dee Raman",
    "esi": "Esi Boateng",
}


def email(name: str) -> str:
    """Where somebody of the house is reached."""
    return f"{name}@example.org"


def _sign_in(url: str, address: str, password: str) -> dict[str, Any]:
    body = {"email": address, "password": password, "remember": False}
    answer = httpx.post(f"{url}/api/sessions", json=body, timeout=30)
    assert answer.is_success, answer.text
    signed_in: dict[str, Any] = answer.json()
    return signed_in


class Tenant:
    """Somebody signed in over the API."""

    def __init__(self, url: str, answer: dict[str, Any]) -> None:
        self.id: str = answer["me"]["id"]
        self._url, self._email = url, answer["me"]["email"]
        self._http = httpx.Client(base_url=url, timeout=30)
        self._take(answer)

    def _take(self, answer: dict[str, Any]) -> None:
        self._http.headers["authorization"] = f"Bearer {answer['access_token']}"

    @classmethod
    def enter(cls, url: str, address: str, password: str) -> "Tenant":
        """Signs in with a password."""
        return cls(url, _sign_in(url, address, password))

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """One request; its answer. A token lives for five minutes, all the journeys for longer."""
        answer = self._http.request(method, f"/api{path}", json=body)
        if answer.status_code == 401:
            self._take(_sign_in(self._url, self._email, PASSWORD))
            answer = self._http.request(method, f"/api{path}", json=body)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def group(self, name: str, **more: Any) -> str:
        """Founds a group."""
        body = {"client_id": str(uuid4()), "name": name, **more}
        return str(self.ask("POST", "/groups", body)["id"])

    def channels(self, group: str) -> dict[str, str]:
        """Name → id of the channels one can read there."""
        return {one["name"]: one["id"] for one in self.ask("GET", f"/groups/{group}/channels")}

    def channel(self, group: str, name: str, **more: Any) -> str:
        """Makes a channel."""
        body = {"client_id": str(uuid4()), "name": name, "kind": "text", "private": False, **more}
        return str(self.ask("POST", f"/groups/{group}/channels", body)["id"])

    def category(self, group: str, name: str) -> str:
        """Makes a heading in the list."""
        body = {"client_id": str(uuid4()), "name": name}
        return str(self.ask("POST", f"/groups/{group}/categories", body)["id"])

    def say(self, channel: str, *texts: str) -> list[str]:
        """Posts; the ids of the messages."""
        path = f"/channels/{channel}/messages"
        bodies = [{"client_id": str(uuid4()), "text": text} for text in texts]
        return [str(self.ask("POST", path, body)["id"]) for body in bodies]

    def follow(self, channel: str, level: str = "mentions") -> None:
        """Takes a channel into one's list."""
        self.ask("PUT", f"/channels/{channel}/follow", {"level": level})

    def invite(self, group: str) -> str:
        """A token into a group."""
        body = {"expires_in_hours": 24, "max_uses": None}
        return str(self.ask("POST", f"/groups/{group}/invites", body)["token"])


class House:
    """A workspace with five people, who are all in one group called Ward 3."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.people: dict[str, Tenant] = {}
        setup = {
            "workspace_name": "St. Brigid’s",
            "name": NAMES["ada"],
            "email": email("ada"),
            "password": PASSWORD,
            "setup_code": None,
        }
        self.people["ada"] = self._arrive("/setup", setup)
        self.ada.ask("PUT", "/licence", {"text": licence(seats=200)})
        self.ward = self.ada.group("Ward 3", description="Everybody on the third floor.")
        token = self.ada.invite(self.ward)
        for name in [name for name in NAMES if name != "ada"]:
            who = {"name": NAMES[name], "email": email(name), "password": PASSWORD}
            self.people[name] = self._arrive("/invites/join", {"token": token, **who})

    @property
    def ada(self) -> Tenant:
        """The one who looks after the place."""
        return self.people["ada"]

    def _arrive(self, path: str, body: dict[str, Any]) -> Tenant:
        answer = httpx.post(f"{self.server.url}/api{path}", json=body, timeout=30)
        assert answer.is_success, answer.text
        return Tenant(self.server.url, answer.json())

    def group(self, name: str, *members: str) -> str:
        """A group of Ada's with others in it, for one test."""
        group = self.ada.group(name)
        token = self.ada.invite(group)
        for member in members:
            self.people[member].ask("POST", "/invites/accept", {"token": token})
        return group

    def crowd(self, token: str, count: int) -> None:
        """So many new people come in by an invitation."""
        for number in range(count):
            name = f"crowd{uuid4().hex[:8]}"
            who = {"name": f"Guest {number}", "email": email(name), "password": PASSWORD}
            self._arrive("/invites/join", {"token": token, **who})

    def admit(self, page: Page, name: str) -> None:
        """Gives a browser profile somebody's session."""
        admit(page, email(name), PASSWORD)


def admit(page: Page, address: str, password: str) -> None:
    """Gives a browser profile a session: the sign-in page has tests of its own."""
    page.goto("/theme.js")
    status = page.evaluate(
        """async body => (await fetch('/api/sessions', {
            method: 'POST',
            headers: {'content-type': 'application/json'},
            body: JSON.stringify(body),
        })).status""",
        {"email": address, "password": password, "remember": True},
    )
    assert status == 200, status


def texts(count: int, word: str = "line") -> Iterable[str]:
    """Numbered messages."""
    return (f"{word} {number:03}" for number in range(1, count + 1))
