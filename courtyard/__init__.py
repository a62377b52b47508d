"""Courtyard: a self-hosted workspace for organisations that keep their data at home."""

from datetime import date

__version__ = "0.1.0"
# The day of this release: what a licence's support date is compared with.
RELEASED = date(2026, 11, 27)

# The oldest client this server still speaks to; sent in hello so that old tabs offer an update.
MIN_CLIENT = 1
