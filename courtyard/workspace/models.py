"""One row: the workspace."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, func
from sqlalchemy.orm import Mapped, mapped_column

from courtyard.core.database import Base
from courtyard.core.ids import new_id


class Workspace(Base):
    """The installation. Its id is also the id of its stream."""

    __tablename__ = "workspace"
    __table_args__ = (CheckConstraint("single", name="single"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    single: Mapped[bool] = mapped_column(unique=True, server_default="true")
    name: Mapped[str]
    offline_copy: Mapped[bool] = mapped_column(server_default="true")
    created_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
