"""The book of accounts and the door before it: one SQLite file in the data folder, or tables of the centre's
database."""

import logging
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from api.accounts import tables
from api.accounts.acts import Act, Noted, newest
from api.accounts.at_hand import AtHand, AtHandByWord, Notebook
from api.accounts.book import AccountBook, _account
from api.accounts.errors import (
    AccountStopped,
    NameIsLocal,
    NoSecondFactor,
    NotYourPassword,
    SecondFactorMissing,
    SecondFactorNeeded,
    UnknownSession,
    WrongCode,
    WrongPassword,
)
from api.accounts.oidc import Oidc, Vouched
from api.accounts.passwords import Passwords
from api.accounts.roles import Account
from api.accounts.rules import typed_username
from api.accounts.second_factor import SecondFactors
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


class AccountStore(AccountBook):
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
            engine = tables.open_file(place)
            at_hand = AtHand(engine)
        else:
            engine = postgres_engine(place)
            at_hand = AtHandByWord(place)
        super().__init__(engine, now, passwords or Passwords(), Sessions(engine, now, at_hand))
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
        self._insist_on_let_in(name)
        codes = self._check_code(_account(row), row.demo, code)
        session = self.sessions.open(_account(row), row.password_hash, address=address, agent=agent)
        if session is None:
            self._insist_on_let_in(name)
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
                self._insist_on_let_in(known)
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
            self._insist_on_let_in(account.username)
            raise NameIsLocal(username=account.username)  # it was given a password of its own
        logger.info("%s signed in from %s, vouched for by %s", account.username, address, vouched.issuer)
        return session

    def is_vouched_for(self, username: str) -> bool:
        """Whether this account has no password here."""
        row = self._row(username)
        return row is not None and row.password_hash == NO_PASSWORD

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

    def check_password(self, username: str, password: str, address: str) -> None:
        """Asked again of somebody who is signed in. Slow: run it at `desk`.

        Raises NotYourPassword, TooManyFailures.
        """
        self.throttle.begin(username, address)
        row = self._row(username)
        if not self.passwords.match(row.password_hash if row else None, password):
            logger.warning("wrong password of %s, who is signed in, from %s", username, address)
            raise NotYourPassword
        self.throttle.forgive(username, address)

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

    def reset_second_factor(self, username: str, by: str | None = None) -> None:
        """Forget phone and paper and end all sessions. Raises UnknownAccount, NoSecondFactor."""
        name = self._known(username)
        with self._engine.begin() as connection:
            if not self.second_factors.reset(connection, name):
                raise NoSecondFactor(username=name)
            connection.execute(delete(tables.sessions).where(tables.sessions.c.username == name))
            self._note(connection, by, Act.CODE, name)
        self.sessions.forget()

    def end_session(self, session_id: str, by: str) -> None:
        """End the one that `sessions.all` calls so. Raises UnknownSession."""

        def noted(connection: Connection, name: str) -> None:
            self._note(connection, by, Act.SESSION, name)

        if self.sessions.end(session_id, noted) is None:
            raise UnknownSession

    def acts(self, before: int | None = None) -> list[Noted]:
        """What was done to accounts, devices and links, the newest first."""
        return newest(self._engine, before)

    def _insist_on_let_in(self, name: str) -> None:
        if name in self.stopped():
            logger.warning("%s was not let in: the account is stopped", name)
            raise AccountStopped
