"""The socket and the catch-up: how what was committed reaches the screens.

The database is the truth, the socket is a hint. `sockets` is the wire, `connection` one tab,
`hub` the fan-out of this process, `watch` its two-second look at the database, `catchup` the
answer to "what did I miss", `gateway` the door.
"""
