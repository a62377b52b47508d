"""Threads, reactions, earlier wordings, pins, saved messages and drafts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"

MAIN = sa.text("(thread_id IS NULL OR also)")
_now = sa.text("now()")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "stream", sa.Column("latest", sa.BigInteger(), server_default="0", nullable=False)
    )
    op.execute("UPDATE stream SET latest = position")
    _threads()
    _messages()
    _beside()


def _threads() -> None:
    op.create_table(
        "thread",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("root_kind", sa.String(), nullable=False),
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("replies", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("people", postgresql.ARRAY(sa.Uuid()), server_default="{}", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=_now, nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"], ["channel.id"], name=op.f("fk_thread_channel_id_channel")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread")),
        sa.UniqueConstraint("root_kind", "root_id", name=op.f("uq_thread_root_kind_root_id")),
    )
    op.create_index(op.f("ix_thread_channel_id"), "thread", ["channel_id"])
    op.create_table(
        "thread_follow",
        sa.Column("thread_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("following", sa.Boolean(), server_default="true", nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["thread.id"], name=op.f("fk_thread_follow_thread_id_thread")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_thread_follow_user_id_user")
        ),
        sa.PrimaryKeyConstraint("thread_id", "user_id", name=op.f("pk_thread_follow")),
    )
    op.create_index(
        op.f("ix_thread_follow_user_id"),
        "thread_follow",
        ["user_id"],
        postgresql_where=sa.text("following"),
    )


def _messages() -> None:
    for column in (
        sa.Column("thread_id", sa.Uuid(), nullable=True),
        sa.Column("also", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("reply_to", sa.Uuid(), nullable=True),
        sa.Column("forwarded", postgresql.JSONB(), nullable=True),
        sa.Column("forwarded_text", sa.LargeBinary(), nullable=True),
        sa.Column("has_files", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("has_reactions", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("starts_thread", sa.Boolean(), server_default="false", nullable=False),
        sa.Column("pinned_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("message", column)
    op.create_foreign_key(
        op.f("fk_message_thread_id_thread"), "message", "thread", ["thread_id"], ["id"]
    )
    op.drop_index("ix_message_history", "message")
    key = ["channel_id", "position", "id"]
    op.create_index("ix_message_history", "message", key, postgresql_where=MAIN)
    op.create_index(
        "ix_message_thread",
        "message",
        ["thread_id", "position", "id"],
        postgresql_where=sa.text("thread_id IS NOT NULL"),
    )
    op.create_index(
        "ix_message_pinned",
        "message",
        ["channel_id", "pinned_at"],
        postgresql_where=sa.text("pinned_at IS NOT NULL"),
    )


def _beside() -> None:
    _table(
        "message_version",
        {"message_id": "message"},
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        key=("message_id", "number"),
    )
    _table(
        "reaction",
        {"message_id": "message", "user_id": "user"},
        sa.Column("emoji", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=_now, nullable=False),
        key=("message_id", "emoji", "user_id"),
    )
    _table(
        "saved",
        {"user_id": "user", "message_id": "message"},
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=_now, nullable=False),
        key=("user_id", "message_id"),
    )
    _table(
        "draft",
        {"user_id": "user", "channel_id": "channel"},
        sa.Column("root_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=_now, nullable=False),
        key=("user_id", "channel_id", "root_id"),
    )


def _table(
    name: str, points: dict[str, str], *columns: sa.Column[object], key: tuple[str, ...]
) -> None:
    """A table whose `points` are foreign keys to the ids of other tables."""
    op.create_table(
        name,
        *(sa.Column(column, sa.Uuid(), nullable=False) for column in points),
        *columns,
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_{name}_{column}_{table}")
            )
            for column, table in points.items()
        ),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")),
    )
