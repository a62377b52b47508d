"""The rule of rights once more, in Python and at length: what the view must agree with."""

from dataclasses import dataclass, field
from uuid import UUID

from courtyard.groups.permissions import PLACE, Permission

Bits = int


@dataclass(slots=True)
class Rules:
    """What one channel allows and denies beyond the roles, by the id it is for."""

    allow: dict[UUID, Bits] = field(default_factory=dict)
    deny: dict[UUID, Bits] = field(default_factory=dict)

    def over(self, bits: Bits, subjects: set[UUID]) -> Bits:
        """The bits after the rules for these subjects: all denials, then all allowances."""
        for subject in subjects:
            bits &= ~self.deny.get(subject, 0)
        for subject in subjects:
            bits |= self.allow.get(subject, 0)
        return bits


def rights(
    base: Bits, channel: UUID, roles: set[UUID], person: UUID, rules: Rules, *, read_only: bool
) -> Bits:
    """What a person may do in a place, step by step as the rule is told."""
    bits = base
    for subjects in ({channel}, roles, {person}):
        bits = rules.over(bits, subjects)
    if not bits & Permission.VIEW:
        return 0
    if read_only:
        return int(Permission.VIEW)
    if base & Permission.ADMINISTER:
        bits |= PLACE
    return bits
