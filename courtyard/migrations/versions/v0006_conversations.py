"""Conversations are found by the set of their people; people block one another, say how they are
and when they want quiet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("channel", sa.Column("people_key", sa.LargeBinary(), nullable=True))
    op.create_unique_constraint(op.f("uq_channel_people_key"), "channel", ["people_key"])
    op.create_table(
        "block",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("blocked_id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_block_user_id")),
        sa.ForeignKeyConstraint(["blocked_id"], ["user.id"], name=op.f("fk_block_blocked_id")),
        sa.PrimaryKeyConstraint("user_id", "blocked_id", name=op.f("pk_block")),
    )
    op.create_index(op.f("ix_block_blocked_id"), "block", ["blocked_id"], unique=False)
    op.add_column("user", sa.Column("status_emoji", sa.String(), nullable=True))
    op.add_column("user", sa.Column("status_text", sa.String(), server_default="", nullable=False))
    op.add_column("user", sa.Column("status_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("user", sa.Column("dnd_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("user", sa.Column("quiet_hours", postgresql.JSONB(), nullable=True))
    op.add_column(
        "user", sa.Column("dnd_told", sa.Boolean(), server_default="false", nullable=False)
    )
