"""A name that the centre does not have. Apart from where it is looked up, for that loads the log."""

ANYWAY = "With --anyway it is entered all the same."


class NotOfCentre(RuntimeError):
    """The log knows no such unit or hospital; the sentence lists those with names near it."""
