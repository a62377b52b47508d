"""Writing the audit."""

from uuid import UUID

from courtyard.audit.models import AuditRow
from courtyard.core.unit_of_work import UnitOfWork


def record(
    uow: UnitOfWork, action: str, object_id: UUID | None = None, **details: str | int | bool | None
) -> None:
    """Notes an act of the unit's actor. `details` are ids, flags and counts only."""
    uow.db.add(AuditRow(actor_id=uow.actor_id, action=action, object_id=object_id, details=details))
