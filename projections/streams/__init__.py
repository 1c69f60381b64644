"""What is derived from facts and pings as they stream by: pure folds, one a file, that any host can run.

    apply(state or None, message) -> (state or None, effects)

Nothing here reads a clock, waits or talks to anybody: time comes as a message (`Tick`), and what should
happen in the world leaves as data with an id that is the same in every replay (`effects`).
"""
