"""Programs that measure this server beside a bare limit on the same machine, in one run.

    python -m bench                   all measures, medians of three rounds, the gates
    python -m bench fanout page       some of them
    python -m bench --quick           one short round: whether the programs work, not how fast

    limit       the bare server: one row, one commit, one broadcast
    sides       the two servers behind one face: requests, sockets, return after a break
    wire        a client light enough not to be what is measured
    processes   starting the servers, reading their CPU time and memory
    seed        many people and 20,000 messages, straight into the database
    fanout sends page comeback start    the measures
    report      medians, ratios, gates, the table and the lines for docs/evidence.md

The rounds of the two sides take turns, since no machine is equally fast from minute to minute.
"""
