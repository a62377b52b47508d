"""Structured logs: one line per fact, ids and kinds only. Content and secrets never go in."""

import logging
import sys
from typing import Literal

import structlog


def configure(level: str, style: Literal["auto", "json", "text"] = "auto") -> None:
    """Sets up structlog for this process; `auto` is text on a terminal and JSON elsewhere."""
    json = style == "json" or (style == "auto" and not sys.stderr.isatty())
    renderer = structlog.processors.JSONRenderer() if json else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    # Libraries that log by themselves: only warnings, and never statements or bodies.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)
    logging.getLogger("sqlalchemy").setLevel(logging.ERROR)
