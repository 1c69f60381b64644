"""How fast the fleet really drives, by street and hour of the week, from its own tracks.

`evidence` turns matched tracks into rows; `learn` and `shrink` make of them shares of the free speed that
are no bolder than the data allow; `judged` says on tracks held out what it was good for.
"""
