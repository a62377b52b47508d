"""Who did what, when: one row per act, in the transaction of the act."""
