"""The lean path: millions of calls through the same rules, without writing down every fact.

What the full path does with the live handlers, policies and log (`simulations/full`), this does on arrays.
Both read the same calls, the same ground and the same rules, and a test holds every second of one against
the other.
"""
