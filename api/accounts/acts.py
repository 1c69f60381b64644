"""The record of what was done to accounts, devices and links: when, by whom, to whom. It only grows."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, Engine, insert, select

from api.accounts.tables import account_acts

COMMAND_LINE: Final = "command line"
"""Who acts where nobody signs in; no user name has a space."""
MOST: Final = 200


class Act(StrEnum):
    ADDED = "added"
    ROLE = "role_changed"
    PASSWORD = "password_given"
    STOPPED = "stopped"
    LET_IN = "let_in_again"
    REMOVED = "removed"
    CODE = "code_reset"
    SIGNED_OUT = "signed_out"
    SESSION = "session_ended"
    DEVICE_ADDED = "device_added"
    DEVICE_REMOVED = "device_removed"
    LINK_MADE = "link_made"
    LINK_ENDED = "link_ended"


@dataclass(frozen=True, slots=True)
class Noted:
    """about : a user name, a device or for whom a link is; detail : what more is to say, such as a role"""

    number: int
    at: datetime
    by: str
    act: Act
    about: str
    detail: str


def note(connection: Connection, now: datetime, by: str, act: Act, about: str, detail: str = "") -> None:
    """Beside the deed and in its transaction: neither stands without the other."""
    row = {"at_s": now.timestamp(), "by": by, "act": act.value, "about": about, "detail": detail}
    connection.execute(insert(account_acts).values(row))


def newest(engine: Engine, before: int | None = None) -> list[Noted]:
    """The newest first, at most `MOST`; before : only those with a smaller number."""
    question = select(account_acts).order_by(account_acts.c.number.desc()).limit(MOST)
    if before is not None:
        question = question.where(account_acts.c.number < before)
    with engine.connect() as connection:
        rows = connection.execute(question).all()
    return [
        Noted(row.number, datetime.fromtimestamp(row.at_s, UTC), row.by, Act(row.act), row.about, row.detail)
        for row in rows
    ]
