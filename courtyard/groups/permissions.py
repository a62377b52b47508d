"""Permissions by name, stored as bits. Their rule stands in one place: channels/rights.sql."""

from collections.abc import Iterable
from enum import IntFlag
from typing import Literal, get_args


class Permission(IntFlag):
    """What a role may allow. The first four are about a place, the others about the group."""

    VIEW = 1 << 0
    POST = 1 << 1
    MANAGE_MESSAGES = 1 << 2
    MENTION_ALL = 1 << 3
    CREATE_INVITES = 1 << 8
    MANAGE_CHANNELS = 1 << 9
    MANAGE_MEMBERS = 1 << 10
    MANAGE_ROLES = 1 << 11
    MANAGE_GROUP = 1 << 12
    # Everything, except reading places that were closed to everyone: those need their own rule.
    ADMINISTER = 1 << 13


PLACE = Permission.VIEW | Permission.POST | Permission.MANAGE_MESSAGES | Permission.MENTION_ALL
EVERYTHING = Permission(sum(Permission))

SHIPPED_ROLES: dict[str, Permission] = {
    "owner": EVERYTHING,
    "admin": EVERYTHING,
    "member": Permission.VIEW | Permission.POST | Permission.CREATE_INVITES,
    "guest": Permission.POST,
}


PlaceName = Literal["view", "post", "manage_messages", "mention_all"]
PermissionName = (
    PlaceName
    | Literal[
        "create_invites",
        "manage_channels",
        "manage_members",
        "manage_roles",
        "manage_group",
        "administer",
    ]
)


def effective(held: int) -> Permission:
    """What these bits come to in a group: who administers may everything."""
    return EVERYTHING if held & Permission.ADMINISTER else Permission(held)


def bits(wanted: Iterable[PermissionName]) -> Permission:
    """The permissions of these names."""
    found = Permission(0)
    for name in wanted:
        found |= Permission[name.upper()]
    return found


def names(bits: int) -> list[str]:
    """The names of the permissions in a set of bits, as they go over the wire."""
    return [str(permission.name).lower() for permission in Permission if permission & bits]


def place_names(held: int) -> list[PlaceName]:
    """The names of what a set of bits allows in a place."""
    return [name for name in get_args(PlaceName) if Permission[name.upper()] & held]
