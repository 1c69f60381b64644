"""Other nights for whoever writes Python: open a service, draw its nights, play rivals, compare them.

The names that a notebook wants are told by `simulations` itself.
"""
