"""Groups: members, roles and invites."""
