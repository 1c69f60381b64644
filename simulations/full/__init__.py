"""The full path: simulated calls through the live handlers, policies, domain and log, with a clock that
jumps.

`simulations/lean` does the same on arrays for millions of calls.
"""
