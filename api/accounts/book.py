"""Who is known here: accounts with their role, added, changed, stopped and struck out.

Whoever does so is named by `by`, and the deed is noted in the same transaction; without it nothing is noted,
for what the machine does itself.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from api.accounts import tables
from api.accounts.acts import Act, note
from api.accounts.errors import RoleGivenElsewhere, UnknownAccount, UsernameTaken
from api.accounts.passwords import Passwords
from api.accounts.roles import Account, Role
from api.accounts.rules import new_account, typed_username
from api.accounts.second_factor import forget_everything_of
from api.accounts.sessions import Sessions


class AccountBook:
    """The accounts. Safe for many threads, and for the command line beside a server.

    engine : with the tables of `api.accounts.tables`
    """

    def __init__(
        self, engine: Engine, now: Callable[[], datetime], passwords: Passwords, sessions: Sessions
    ) -> None:
        self._engine = engine
        self._now = now
        self.passwords = passwords
        self.sessions = sessions

    def add(
        self,
        username: str,
        role: str,
        password: str,
        *,
        hospital_id: str | None = None,
        callsign: str | None = None,
        by: str | None = None,
    ) -> Account:
        """Enter a new account. Slow: it hashes. Said twice because the answer was lost, it is one."""
        account = new_account(username, role, hospital_id, callsign)
        known = self._row(account.username)
        if known is not None:
            same = by is not None and not known.demo and _account(known) == account
            if same and self.passwords.match(known.password_hash, password):
                return account
            raise UsernameTaken(username=account.username)
        self.enter(account, self.passwords.hash(self.passwords.accepted(password)), demo=False, by=by)
        return account

    def enter(self, account: Account, password_hash: str, *, demo: bool, by: str | None = None) -> None:
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
                self._note(connection, by, Act.ADDED, account.username, _role_of(account))
        except IntegrityError:
            raise UsernameTaken(username=account.username) from None

    def change_role(
        self,
        username: str,
        role: str,
        *,
        hospital_id: str | None = None,
        callsign: str | None = None,
        by: str | None = None,
    ) -> Account:
        """Give another role, hospital or unit; sessions end, for what they see is chosen when they open.

        Raises UnknownAccount, RoleGivenElsewhere, and what `new_account` does.
        """
        account = new_account(username, role, hospital_id, callsign)
        name = account.username
        row = self._row(name)
        if row is None:
            raise UnknownAccount(username=name)
        if name in self.vouched_names():
            raise RoleGivenElsewhere(username=name)
        if _account(row) == account:
            return account
        with self._engine.begin() as connection:
            connection.execute(
                update(tables.accounts)
                .where(tables.accounts.c.username == name)
                .values(role=account.role.value, hospital_id=account.hospital_id, callsign=account.callsign)
            )
            connection.execute(delete(tables.sessions).where(tables.sessions.c.username == name))
            self._note(connection, by, Act.ROLE, name, _role_of(account))
        self.sessions.forget()
        return account

    def set_password(self, username: str, password: str, by: str | None = None) -> None:
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
            self._note(connection, by, Act.PASSWORD, name)
        self.sessions.forget()

    def stop(self, username: str, by: str) -> None:
        """Nobody is let in under this name, and its sessions end, until `let_in_again`. Twice is once."""
        name = self._known(username)
        row = {"username": name, "at_s": self._now().timestamp(), "by": by}
        try:
            with self._engine.begin() as connection:
                connection.execute(insert(tables.stopped_accounts).values(row))
                connection.execute(delete(tables.sessions).where(tables.sessions.c.username == name))
                self._note(connection, by, Act.STOPPED, name)
        except IntegrityError:
            return
        self.sessions.forget()

    def let_in_again(self, username: str, by: str) -> None:
        name = self._known(username)
        stopped = tables.stopped_accounts
        with self._engine.begin() as connection:
            if connection.execute(delete(stopped).where(stopped.c.username == name)).rowcount:
                self._note(connection, by, Act.LET_IN, name)

    def remove(self, username: str, by: str | None = None) -> None:
        """Strike an account out; its sessions end at once."""
        name = typed_username(username)
        if not self._strike(tables.accounts.c.username == name, by):
            raise UnknownAccount(username=name)

    def remove_demo(self) -> list[str]:
        """Strike out all demo accounts; their names."""
        return self._strike(tables.accounts.c.demo)

    def sign_out_everywhere(self, username: str, by: str | None = None) -> int:
        """End all sessions of an account; how many there were. Raises UnknownAccount."""
        name = self._known(username)
        with self._engine.begin() as connection:
            ended = connection.execute(delete(tables.sessions).where(tables.sessions.c.username == name))
            self._note(connection, by, Act.SIGNED_OUT, name)
        self.sessions.forget()
        return int(ended.rowcount)

    def all(self) -> list[Account]:
        """All accounts by name, demo accounts too."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.accounts).order_by(tables.accounts.c.username)).all()
        return [_account(row) for row in rows]

    def demo_names(self) -> set[str]:
        with self._engine.connect() as connection:
            found = connection.execute(select(tables.accounts.c.username).where(tables.accounts.c.demo))
            return set(found.scalars())

    def vouched_names(self) -> set[str]:
        """Those for whom another sign-in vouches, and says their role."""
        with self._engine.connect() as connection:
            return set(connection.execute(select(tables.outside_names.c.username)).scalars())

    def stopped(self) -> Mapping[str, datetime]:
        """Who is not let in, and since when."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.stopped_accounts)).all()
        return {row.username: datetime.fromtimestamp(row.at_s, UTC) for row in rows}

    def hospitals_at_hand(self) -> frozenset[str]:
        """Those for which somebody can sign in."""
        who, stopped = tables.accounts.c, select(tables.stopped_accounts.c.username)
        question = select(who.hospital_id).where(who.hospital_id.is_not(None), who.username.not_in(stopped))
        with self._engine.connect() as connection:
            return frozenset(connection.execute(question).scalars())

    def bind(self, account: Account) -> None:
        """Move a known account to the hospital and the unit given here."""
        with self._engine.begin() as connection:
            connection.execute(
                update(tables.accounts)
                .where(tables.accounts.c.username == account.username)
                .values(hospital_id=account.hospital_id, callsign=account.callsign)
            )
        self.sessions.forget()

    # --- inside ---

    def _row(self, username: str) -> Row | None:
        question = select(tables.accounts).where(tables.accounts.c.username == username)
        with self._engine.connect() as connection:
            return connection.execute(question).one_or_none()

    def _known(self, username: str) -> str:
        """The name as we keep it. Raises UnknownAccount."""
        name = typed_username(username)
        if self._row(name) is None:
            raise UnknownAccount(username=name)
        return name

    def _strike(self, which: ColumnElement[bool], by: str | None = None) -> list[str]:
        strike = delete(tables.accounts).where(which).returning(tables.accounts.c.username)
        with self._engine.begin() as connection:
            gone = connection.execute(strike)
            names = sorted(gone.scalars())
            connection.execute(delete(tables.sessions).where(tables.sessions.c.username.in_(names)))
            forget_everything_of(connection, names)
            for name in names:
                self._note(connection, by, Act.REMOVED, name)
        self.sessions.forget()
        return names

    def _note(self, connection: Connection, by: str | None, act: Act, name: str, detail: str = "") -> None:
        if by is not None:
            note(connection, self._now(), by, act, name, detail)


def _account(row: Row) -> Account:
    return Account(row.username, Role(row.role), row.hospital_id, row.callsign)


def _role_of(account: Account) -> str:
    """The role, and for whom it speaks: `crew C1`."""
    return " ".join(filter(None, (account.role.value, account.hospital_id or account.callsign)))
