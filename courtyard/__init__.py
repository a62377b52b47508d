"""Courtyard: a self-hosted workspace for organisations that keep their data at home."""

__version__ = "0.1.0"

# The oldest client this server still speaks to; sent in hello so that old tabs offer an update.
MIN_CLIENT = 1
