"""How a log fails: not written, in another's way, or cut off in the middle."""

from eventsourcing.persistence import DatabaseError as DatabaseError
from eventsourcing.persistence import IntegrityError as IntegrityError
from eventsourcing.persistence import OperationalError as OperationalError


class Unanswered(OperationalError):
    """The line was cut in the middle of a save: it may have been stored, or not."""
