"""What people want to be told. A follow without a level goes by the
level of its group; those made before keep the level they were given."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0002"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("follow", sa.Column("muted_until", sa.DateTime(timezone=True), nullable=True))
    op.alter_column("follow", "level", nullable=True, server_default=None)
    op.add_column("member", sa.Column("level", sa.String(), nullable=True))
    op.add_column("member", sa.Column("muted_until", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_member_level"), "member", "level in ('all', 'mentions', 'nothing')"
    )
