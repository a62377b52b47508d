"""Lasting ids: the same thing of the same Slack workspace gets the same id in every run."""

from dataclasses import dataclass
from uuid import UUID, uuid5

_NAMESPACE = UUID("5b0a6b0e-9e0c-4c53-9f8b-6a3f5c1f7d21")


@dataclass(slots=True, frozen=True)
class Names:
    """Ids within one Slack workspace."""

    team: str

    def group(self) -> UUID:
        """The client id of the group that the workspace becomes."""
        return self._name("group", "")

    def person(self, user_id: str) -> UUID:
        """The account of a person or bot that had no account here before."""
        return self._name("user", user_id)

    def bot(self, bot_id: str, name: str) -> UUID:
        """The account of a bot that is known only from its messages."""
        return self._name("bot", f"{bot_id}|{name}")

    def channel(self, channel_id: str) -> UUID:
        """The client id of a channel."""
        return self._name("channel", channel_id)

    def message(self, channel_id: str, at: int) -> UUID:
        """The client id of a message; `at` in microseconds since 1970."""
        return self._name("message", f"{channel_id}|{at}")

    def _name(self, kind: str, key: str) -> UUID:
        return uuid5(_NAMESPACE, f"slack|{self.team}|{kind}|{key}")
