"""Names of channels are compared by the verb, among the places its actor may read: a unique key
would tell of private ones. Sessions count how often a refresh token was shown again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index("ix_channel_name", "channel", ["group_id", sa.literal_column("lower(name)")])
    op.drop_index("uq_channel_name", "channel")
    op.drop_index("ix_channel_group_id", "channel")
    for name, kind in (("repeats", sa.Integer()), ("repeated_at_generation", sa.BigInteger())):
        op.add_column("session", sa.Column(name, kind, server_default="0", nullable=False))
