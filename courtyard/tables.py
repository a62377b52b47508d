"""All tables: imported by the migrations and by the test that compares models and database."""

from courtyard.accounts import models as accounts
from courtyard.audit import models as audit
from courtyard.channels import models as channels
from courtyard.core import outbox, streams
from courtyard.core.database import Base
from courtyard.files import models as files
from courtyard.groups import models as groups
from courtyard.licence import models as licence
from courtyard.messages import models as messages
from courtyard.notifications import models as notifications
from courtyard.realtime import models as realtime
from courtyard.workspace import models as workspace

SLICES = (
    streams,
    outbox,
    audit,
    workspace,
    accounts,
    licence,
    groups,
    channels,
    files,
    notifications,
    messages,
    realtime,
)
metadata = Base.metadata
