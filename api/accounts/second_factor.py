"""The code from the phone beside the password (RFC 6238), and the codes on paper for when the phone is lost.

A code counts once: the step it belongs to is written down, and no step that is not later is taken again.
"""

import hashlib
import secrets
from base64 import b32encode
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Final

import pyotp
import segno
from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from api.accounts import tables

STEP_S: Final = 30
DRIFT_STEPS: Final = 1
"""So many steps a phone's clock may be ahead or behind."""
PAPER_CODES: Final = 10
PAPER_BYTES: Final = 10  # 80 bits: too many to be guessed from their hashes
ISSUER: Final = "Vigil"

factors, paper = tables.second_factors, tables.recovery_codes


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a phone is told. `uri` is what the square picture says, `secret` the same to type."""

    secret: str
    uri: str

    @property
    def picture(self) -> str:
        """The square to be photographed, as the address of an image that holds it all."""
        return segno.make(self.uri, error="m").svg_data_uri(scale=4, border=4, light="#fff")


class SecondFactors:
    """The secrets of all accounts that have one. The secret lies in the book as it is: a check needs it."""

    def __init__(self, engine: Engine, now: Callable[[], datetime]) -> None:
        self._engine = engine
        self._now = now

    def confirmed(self, username: str) -> bool:
        """Whether this account signs in with a code."""
        return self._of(username, confirmed=True) is not None

    def names(self) -> set[str]:
        """Everybody who signs in with a code."""
        question = select(factors.c.username).where(factors.c.confirmed)
        with self._engine.connect() as connection:
            return set(connection.execute(question).scalars())

    def begin(self, username: str) -> Enrolment:
        """A secret for a phone. Asked again before it is confirmed, it is the same: the picture may be shown
        twice."""
        row = self._of(username, confirmed=False)
        secret = row.secret if row else pyotp.random_base32()
        if row is None:
            fresh = {
                "username": username,
                "secret": secret,
                "confirmed": False,
                "last_step": 0,
                "made_at_s": self._now().timestamp(),
            }
            with self._engine.begin() as connection:
                connection.execute(delete(factors).where(factors.c.username == username))
                connection.execute(insert(factors).values(fresh))
        return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=ISSUER))

    def confirm(self, username: str, code: str) -> list[str] | None:
        """The phone has shown its first code; the codes for paper, told this once. None: it is wrong."""
        if not self._spend(username, code, confirmed=False):
            return None
        told = [_paper_code() for _ in range(PAPER_CODES)]
        rows = [{"code_sha256": _digest(code), "username": username} for code in told]
        with self._engine.begin() as connection:
            connection.execute(delete(paper).where(paper.c.username == username))
            connection.execute(insert(paper), rows)
            connection.execute(update(factors).where(factors.c.username == username).values(confirmed=True))
        return told

    def spend(self, username: str, code: str) -> bool:
        """Whether this code opens the door now, this once: from the phone, or from paper."""
        return self._spend(username, code, confirmed=True) or self._spend_paper(username, code)

    def left_on_paper(self, username: str) -> int:
        question = select(paper.c.code_sha256).where(paper.c.username == username)
        with self._engine.connect() as connection:
            return len(connection.execute(question).all())

    def paper_left(self) -> Counter[str]:
        """How many codes everybody has left on paper."""
        with self._engine.connect() as connection:
            return Counter(connection.execute(select(paper.c.username)).scalars())

    def reset(self, connection: Connection, username: str) -> bool:
        """Forget phone and paper; whether there was anything to forget."""
        connection.execute(delete(paper).where(paper.c.username == username))
        return bool(connection.execute(delete(factors).where(factors.c.username == username)).rowcount)

    def _of(self, username: str, *, confirmed: bool) -> Row | None:
        question = select(factors).where(factors.c.username == username, factors.c.confirmed.is_(confirmed))
        with self._engine.connect() as connection:
            return connection.execute(question).one_or_none()

    def _spend(self, username: str, code: str, *, confirmed: bool) -> bool:
        row = self._of(username, confirmed=confirmed)
        typed = code.replace(" ", "")
        if row is None or not (typed.isascii() and typed.isdigit()):
            return False
        here = int(self._now().timestamp()) // STEP_S
        clock = pyotp.HOTP(row.secret)
        for step in range(here - DRIFT_STEPS, here + DRIFT_STEPS + 1):
            if compare_digest(clock.at(step), typed):
                return self._take(username, step)
        return False

    def _take(self, username: str, step: int) -> bool:
        """Of two who come with one code at the same moment, one is let in."""
        mine = (
            update(factors)
            .where(factors.c.username == username, factors.c.last_step < step)
            .values(last_step=step)
        )
        with self._engine.begin() as connection:
            return bool(connection.execute(mine).rowcount)

    def _spend_paper(self, username: str, code: str) -> bool:
        mine = delete(paper).where(paper.c.username == username, paper.c.code_sha256 == _digest(code))
        with self._engine.begin() as connection:
            return bool(connection.execute(mine).rowcount)


def _paper_code() -> str:
    """Four groups of four small letters and digits."""
    plain = b32encode(secrets.token_bytes(PAPER_BYTES)).decode().lower()
    return "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def _digest(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def forget_everything_of(connection: Connection, usernames: list[str]) -> None:
    """Of accounts that are struck out: phones, paper, names elsewhere, and that they were stopped."""
    for table in (factors, paper, tables.outside_names, tables.stopped_accounts):
        connection.execute(delete(table).where(table.c.username.in_(usernames)))
