"""People: accounts, sign-in, sessions, profiles."""
