"""What browsers report: breaches of the content security policy (X05)."""

import structlog
from fastapi import APIRouter, Request

from courtyard.core.policies import Public

log = structlog.get_logger()
router = APIRouter(prefix="/api", tags=["workspace"])

REPORT_LIMIT = 10_000


@router.post("/reports/csp", dependencies=[Public], status_code=204, include_in_schema=False)
async def csp_report(request: Request) -> None:
    """Notes which directive was breached; addresses and samples may hold content and are not
    kept."""
    address = request.client.host if request.client else "local"
    await request.app.state.limiter.hit_here("report", address)
    body = (await request.body())[:REPORT_LIMIT]
    directive = body.partition(b'"violated-directive":"')[2].partition(b'"')[0]
    log.warning("csp_breached", directive=directive[:60].decode("ascii", "replace"))
