"""The licence that was installed. Former ones stay, for the audit."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from courtyard.core.database import Base
from courtyard.core.ids import new_id


class Licence(Base):
    """A licence as it was pasted; the newest one counts."""

    __tablename__ = "licence"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    text: Mapped[str]
    installed_by: Mapped[UUID | None] = mapped_column(ForeignKey("user.id"))
    installed_at: Mapped[datetime] = mapped_column(DateTime(True), server_default=func.now())
