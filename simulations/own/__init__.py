"""A policy of one's own: the lean path stops wherever somebody has to decide, and goes on with the answer."""
