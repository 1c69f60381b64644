"""Passwords, kept as argon2id hashes only."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.accounts.errors import BadPassword

SHORTEST = 8
LONGEST = 128


class Passwords:
    """Makes and checks hashes. Slow on purpose: tens of milliseconds and 64 MiB each."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def accepted(self, password: str) -> str:
        """The password itself when it may be used for a new account."""
        if not SHORTEST <= len(_typed(password)) <= LONGEST:
            raise BadPassword(shortest=SHORTEST, longest=LONGEST)
        return password

    def hash(self, password: str) -> str:
        return self._hasher.hash(_typed(password))

    def match(self, kept: str | None, password: str) -> bool:
        """Whether the password made this hash.

        For nobody's hash (None) the answer is no, and it takes as long as for anybody's: the time
        must not tell which names exist.
        """
        try:
            return self._hasher.verify(kept or self._nobody(), _typed(password))
        except (VerificationError, InvalidHashError):
            return False

    def _nobody(self) -> str:
        """A well-formed hash of the usual cost which no password is known to make."""
        cost = f"m={self._hasher.memory_cost},t={self._hasher.time_cost},p={self._hasher.parallelism}"
        return f"$argon2id$v=19${cost}${'A' * 22}${'A' * 43}"


def _typed(password: str) -> str:
    """One spelling for one text: Vietnamese keyboards differ in how they compose an accent."""
    return unicodedata.normalize("NFKC", password)
