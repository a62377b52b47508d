"""Channels: places, the rules that open them, and what a person has in the sidebar."""
