"""What can go wrong with a map, said in one sentence."""


class MapError(Exception):
    """The map cannot be read, built or loaded. `str(error)` is a sentence for the person who asked."""
