"""The licence: how many people may have a seat, and until when releases are covered."""
