"""A bundle: an experiment in one file, signed, that another person checks and runs again to the same bits.

It holds the inputs, the rows, the report, and a manifest with versions, seed and the SHA-256 of every input,
every output and every replication. The replications themselves are left out: whoever doubts makes them anew.
"""
