"""One day's calls again under another policy: what would have come of it.

The same handlers, policies, domain and roads as the live desk, on a log in memory and a clock that jumps
from one happening to the next. The calls bring their own durations, so that rivals share their luck and
differ in the policy alone.
"""
