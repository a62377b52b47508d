"""Why somebody is told of something. One name each, here and nowhere else."""

from typing import Literal, get_args

Why = Literal["mention", "reply", "message", "reaction", "invited"]

REASONS: tuple[str, ...] = get_args(Why)
# Shown in Activity, in no number: nobody has to answer them.
SILENT = ("reaction",)
# These are meant for one person by name, and reach those too who muted the place.
BY_NAME = ("mention", "invited")
