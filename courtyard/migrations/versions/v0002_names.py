"""Names of channels are compared by the verb, among the places its actor may read: a unique key
would tell of private ones."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index("ix_channel_name", "channel", ["group_id", sa.literal_column("lower(name)")])
    op.drop_index("uq_channel_name", "channel")
    op.drop_index("ix_channel_group_id", "channel")
