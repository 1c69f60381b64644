"""The book of accounts: one SQLite file in the data folder, or two tables of the centre's database."""

import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from api.accounts import tables
from api.accounts.at_hand import AtHand, AtHandByWord, Notebook
from api.accounts.errors import (
    NameIsLocal,
    NoSecondFactor,
    SecondFactorMissing,
    SecondFactorNeeded,
    UnknownAccount,
    UsernameTaken,
    WrongCode,
    WrongPassword,
)
from api.accounts.oidc import Oidc, Vouched
from api.accounts.passwords import Passwords
from api.accounts.roles import Account, Role
from api.accounts.rules import new_account, typed_username
from api.accounts.second_factor import SecondFactors, forget_everything_of
from api.accounts.sessions import Session, Sessions
from api.accounts.short_queue import ShortQueue
from api.accounts.sign_in_rules import SignInRules
from api.accounts.still_here import StillHere
from api.accounts.throttle import Door, Throttle
from api.hospital_links.book import HospitalLinks
from api.hospital_links.pace import Pace
from api.postgres.address import Address
from api.postgres.engine import postgres_engine

FILE_NAME = "accounts.sqlite"
ANYWHERE = "anywhere"
NO_PASSWORD = "vouched for elsewhere"
"""Stands where a hash stands, and is the hash of nothing."""
_VOUCHED_FOR = tables.accounts.c.password_hash == NO_PASSWORD

logger = logging.getLogger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


class AccountStore:
    """Accounts and their sessions. Safe for many threads, and for the command line beside a server.

    demo_open : whether demo accounts may sign in; only `demo.ensure_demo_accounts` sets it
    """

    def __init__(
        self,
        place: Path | Address,
        *,
        now: Callable[[], datetime] = utc_now,
        passwords: Passwords | None = None,
    ) -> None:
        """place : a file, made if need be, or a database that `api.postgres.migrate` has seen to"""
        at_hand: Notebook
        if isinstance(place, Path):
            self._engine = tables.open_file(place)
            at_hand = AtHand(self._engine)
        else:
            self._engine = postgres_engine(place)
            at_hand = AtHandByWord(place)
        self._now = now
        self.passwords = passwords or Passwords()
        self.sessions = Sessions(self._engine, now, at_hand)
        self.still_here = StillHere(self._living, self.sessions.changed)
        self.second_factors = SecondFactors(self._engine, now)
        self.oidc: Oidc | None = None
        self.throttle = Door(now)
        self.link_throttle = Throttle(now)
        self.links = HospitalLinks(self._engine, now)
        self.pace = Pace(now)
        self._code_throttle = Throttle(now)
        self.desk = ShortQueue("passwords")
        self.elsewhere = ShortQueue("oidc")
        self.demo_open = False

    @property
    def rules(self) -> SignInRules:
        """How people sign in here."""
        return self.sessions.rules

    @rules.setter
    def rules(self, rules: SignInRules) -> None:
        self.sessions.rules = rules
        if self.oidc is not None:
            self.oidc.close()
        self.oidc = Oidc(rules.oidc, self._now) if rules.oidc else None

    def close(self) -> None:
        if self.oidc is not None:
            self.oidc.close()
        self.desk.close()
        self.elsewhere.close()
        self.sessions.close()
        self._engine.dispose()

    # --- the book ---

    def add(
        self,
        username: str,
        role: str,
        password: str,
        *,
        hospital_id: str | None = None,
        callsign: str | None = None,
    ) -> Account:
        """Enter a new account. Slow: it hashes."""
        account = new_account(username, role, hospital_id, callsign)
        if self._row(account.username) is not None:
            raise UsernameTaken(username=account.username)
        self.enter(account, self.passwords.hash(self.passwords.accepted(password)), demo=False)
        return account

    def enter(self, account: Account, password_hash: str, *, demo: bool) -> None:
        """Write a sound account with its hash; nobody is overwritten."""
        row = {
            "username": account.username,
            "role": account.role.value,
            "hospital_id": account.hospital_id,
            "callsign": account.callsign,
            "password_hash": password_hash,
            "demo": demo,
            "made_at_s": self._now().timestamp(),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(tables.accounts).values(row))
        except IntegrityError:
            raise UsernameTaken(username=account.username) from None

    def set_password(self, username: str, password: str) -> None:
        """Give a new password and end all sessions. A demo account with its own password is a real one."""
        name = typed_username(username)
        if self._row(name) is None:
            raise UnknownAccount(username=name)
        kept = self.passwords.hash(self.passwords.accepted(password))
        with self._engine.begin() as connection:
            changed = connection.execute(
                update(tables.accounts)
                .where(tables.accounts.c.username == name)
                .values(password_hash=kept, demo=False)
            )
            if not changed.rowcount:
                raise UnknownAccount(username=name)
            connection.execute(delete(tables.sessions).where(tables.sessions.c.username == name))
        self.sessions.forget()

    def remove(self, username: str) -> None:
        """Strike an account out; its sessions end at once."""
        name = typed_username(username)
        if not self._strike(tables.accounts.c.username == name):
            raise UnknownAccount(username=name)

    def remove_demo(self) -> list[str]:
        """Strike out all demo accounts; their names."""
        return self._strike(tables.accounts.c.demo)

    def all(self) -> list[Account]:
        """All accounts by name, demo accounts too."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.accounts).order_by(tables.accounts.c.username)).all()
        return [_account(row) for row in rows]

    def demo_names(self) -> set[str]:
        with self._engine.connect() as connection:
            found = connection.execute(select(tables.accounts.c.username).where(tables.accounts.c.demo))
            return set(found.scalars())

    def bind(self, account: Account) -> None:
        """Move a known account to the hospital and the unit given here."""
        with self._engine.begin() as connection:
            connection.execute(
                update(tables.accounts)
                .where(tables.accounts.c.username == account.username)
                .values(hospital_id=account.hospital_id, callsign=account.callsign)
            )
        self.sessions.forget()

    # --- the door ---

    def sign_in(
        self, username: str, password: str, address: str, *, code: str | None = None, agent: str = ""
    ) -> Session:
        """Open a session. Slow: run it at `desk`.

        address : where the request came from
        code    : from the phone or from paper, for an account with a second factor; the first one from the
                  phone confirms what SecondFactorMissing told
        Raises WrongPassword, SecondFactorNeeded, SecondFactorMissing, WrongCode, TooManyFailures.
        """
        name = typed_username(username)
        self.throttle.begin(name, address)
        row = self._row(name)
        right = self.passwords.match(row.password_hash if row else None, password)
        if row is None or not right or (row.demo and not self.demo_open):
            # An unknown name is not written down: it may be a password in the wrong box.
            known = row.username if row else "no known name"
            logger.warning("sign-in refused for %s from %s", known, address)
            raise WrongPassword
        self.throttle.forgive(name, address)
        codes = self._check_code(_account(row), row.demo, code)
        session = self.sessions.open(_account(row), row.password_hash, address=address, agent=agent)
        if session is None:
            raise WrongPassword
        logger.info("%s signed in from %s", name, address)
        return replace(session, paper_codes=codes)

    def sign_in_vouched(self, vouched: Vouched, address: str, agent: str) -> Session:
        """Open a session for whom the provider vouches. Role, hospital and unit are as it says now.

        Raises NameIsLocal, where an account with a password has the name.
        """
        account, named = vouched.account, tables.outside_names
        this_one = (named.c.issuer == vouched.issuer) & (named.c.subject == vouched.subject)
        with self._engine.connect() as connection:
            known = connection.execute(select(named.c.username).where(this_one)).scalar_one_or_none()
        if known != account.username:
            if self._row(account.username) is not None:
                raise NameIsLocal(username=account.username)
            if known is not None:  # the provider has given the same person another name
                self._strike((tables.accounts.c.username == known) & _VOUCHED_FOR)
            self.enter(account, NO_PASSWORD, demo=False)
            row = {"issuer": vouched.issuer, "subject": vouched.subject, "username": account.username}
            with self._engine.begin() as connection:
                connection.execute(delete(named).where(this_one))
                connection.execute(insert(named).values(row))
        else:
            self._become(account)
        session = self.sessions.open(account, NO_PASSWORD, address=address, agent=agent)
        if session is None:
            raise NameIsLocal(username=account.username)  # it was given a password of its own
        logger.info("%s signed in from %s, vouched for by %s", account.username, address, vouched.issuer)
        return session

    def _become(self, account: Account) -> None:
        """Another role ends what was open in the one before. An account with a password stays as it is."""
        row = self._row(account.username)
        if row is None or _account(row) == account:
            return
        this_one = (tables.accounts.c.username == account.username) & _VOUCHED_FOR
        with self._engine.begin() as connection:
            changed = connection.execute(
                update(tables.accounts)
                .where(this_one)
                .values(role=account.role.value, hospital_id=account.hospital_id, callsign=account.callsign)
            )
            if not changed.rowcount:
                raise NameIsLocal(username=account.username)
            connection.execute(delete(tables.sessions).where(tables.sessions.c.username == account.username))
        self.sessions.forget()

    def check_code(self, username: str, code: str) -> None:
        """Raises WrongCode, TooManyFailures. Wrong codes are counted wherever they come from: who tries them
        knows the password."""
        self._code_throttle.begin(username, ANYWHERE)
        if not self.second_factors.spend(username, code):
            logger.warning("wrong code for %s", username)
            raise WrongCode
        self._code_throttle.forgive(username, ANYWHERE)

    def confirm_second_factor(self, username: str, code: str) -> list[str]:
        """The codes for paper. Raises WrongCode, TooManyFailures."""
        self._code_throttle.begin(username, ANYWHERE)
        codes = self.second_factors.confirm(username, code)
        if codes is None:
            raise WrongCode
        self._code_throttle.forgive(username, ANYWHERE)
        logger.info("%s signs in with a code from now on", username)
        return codes

    def _check_code(self, account: Account, demo: bool, code: str | None) -> list[str] | None:
        name = account.username
        if self.second_factors.confirmed(name):
            if not code:
                raise SecondFactorNeeded
            self.check_code(name, code)
            return None
        if demo or account.role not in self.rules.second_factor_for:
            return None
        if code:
            return self.confirm_second_factor(name, code)
        told = self.second_factors.begin(name)
        raise SecondFactorMissing(
            role=account.role.value, secret=told.secret, uri=told.uri, picture=told.picture
        )

    def account_of(self, token: str) -> Account | None:
        """Whose token this is; None if its session is over or never was."""
        return self.sessions.holder(token, demo=self.demo_open)

    def known_account_of(self, token: str) -> Account | None:
        """As `account_of`, in microseconds; None where it has to be asked in earnest."""
        return self.sessions.known_holder(token, demo=self.demo_open)

    def _living(self, tokens: Collection[str]) -> dict[str, Account]:
        return self.sessions.living(tokens, demo=self.demo_open)

    def sign_out(self, token: str) -> None:
        self.sessions.revoke(token)

    def sign_out_everywhere(self, username: str) -> int:
        """End all sessions of an account; how many there were. Raises UnknownAccount."""
        name = typed_username(username)
        if self._row(name) is None:
            raise UnknownAccount(username=name)
        with self._engine.begin() as connection:
            ended = connection.execute(delete(tables.sessions).where(tables.sessions.c.username == name))
        self.sessions.forget()
        return int(ended.rowcount)

    def reset_second_factor(self, username: str) -> None:
        """Forget phone and paper and end all sessions. Raises UnknownAccount, NoSecondFactor."""
        name = typed_username(username)
        if self._row(name) is None:
            raise UnknownAccount(username=name)
        if not self.second_factors.reset(name):
            raise NoSecondFactor(username=name)
        self.sign_out_everywhere(name)

    # --- inside ---

    def _row(self, username: str) -> Row | None:
        question = select(tables.accounts).where(tables.accounts.c.username == username)
        with self._engine.connect() as connection:
            return connection.execute(question).one_or_none()

    def _strike(self, which: ColumnElement[bool]) -> list[str]:
        strike = delete(tables.accounts).where(which).returning(tables.accounts.c.username)
        with self._engine.begin() as connection:
            gone = connection.execute(strike)
            names = sorted(gone.scalars())
            connection.execute(delete(tables.sessions).where(tables.sessions.c.username.in_(names)))
            forget_everything_of(connection, names)
        self.sessions.forget()
        return names


def _account(row: Row) -> Account:
    return Account(row.username, Role(row.role), row.hospital_id, row.callsign)
