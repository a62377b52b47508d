"""What people were told of, and what they want to be told. A follow without a level goes by the
level of its group; those made before keep the level they were given."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

UNREAD = sa.text("read_at IS NULL")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("follow", sa.Column("muted_until", sa.DateTime(timezone=True), nullable=True))
    op.alter_column("follow", "level", nullable=True, server_default=None)
    op.add_column("member", sa.Column("level", sa.String(), nullable=True))
    op.add_column("member", sa.Column("muted_until", sa.DateTime(timezone=True), nullable=True))
    op.create_check_constraint(
        op.f("ck_member_level"), "member", "level in ('all', 'mentions', 'nothing')"
    )
    op.create_table(
        "notification",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("place_id", sa.Uuid(), nullable=True),
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("object_kind", sa.String(), nullable=False),
        sa.Column("object_id", sa.Uuid(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column(
            "counted_in",
            sa.Uuid(),
            sa.Computed("coalesce(thread_id, place_id, user_id)", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "why in ('mention', 'reply', 'message', 'reaction', 'invited')",
            name=op.f("ck_notification_why"),
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notification_user_id")),
        sa.ForeignKeyConstraint(
            ["place_id"], ["channel.id"], name=op.f("fk_notification_place_id")
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_notification_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint(
            "user_id",
            "why",
            "object_kind",
            "object_id",
            "actor_id",
            name=op.f("uq_notification_user_id_why_object_kind_object_id_actor_id"),
        ),
    )
    op.create_index(
        "ix_notification_unread", "notification", ["user_id", "counted_in"], postgresql_where=UNREAD
    )
    op.create_index("ix_notification_inbox", "notification", ["user_id", "id"])
    op.create_index(op.f("ix_notification_object_id"), "notification", ["object_id"])
    op.create_index(
        "ix_notification_created_at", "notification", ["created_at"], postgresql_using="brin"
    )
