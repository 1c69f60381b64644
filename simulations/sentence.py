"""What cannot be played, in a sentence for whoever asked: told apart from a fault of the program, of which
Python speaks and a planner should not have to read."""


class CannotPlay(ValueError):
    """What is asked for is not in this city, its files or what was kept of it."""
