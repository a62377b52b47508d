"""The installation as a whole: its name and its policies."""
