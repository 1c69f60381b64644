"""Books of accounts as earlier editions left them: which tables each had, and somebody in all of them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Table, insert, inspect, select

from api.accounts import tables
from api.accounts.sessions import _digest
from api.hospital_links.book import LINKS

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
AT_S = NOW.timestamp()
TOKEN = "the token of a session that is open"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

EDITIONS: dict[str, list[Table]] = {
    "0001": [tables.accounts, tables.sessions],
    "0009": [LINKS],
    "0010": [tables.session_origins, tables.second_factors, tables.recovery_codes, tables.outside_names],
    "0011": [tables.stopped_accounts, tables.account_acts],
}
"""What came with which step; `tests/integration/postgres` holds that no step is missing here."""


def known_at(revision: str) -> list[Table]:
    return [table for since, new in EDITIONS.items() if since <= revision for table in new]


def people(password_hash: str) -> dict[str, list[dict[str, Any]]]:
    """Rows by table: a dispatcher with a phone who is signed in, one who is stopped, a ward's link."""
    lan = {"username": "lan", "role": "dispatcher", "hospital_id": None, "callsign": None}
    minh = {"username": "minh", "role": "hospital", "hospital_id": "cho-ray", "callsign": None}
    made = {"password_hash": password_hash, "demo": False, "made_at_s": AT_S}
    token = _digest(TOKEN)
    link = {"id": "l-1", "hospital_id": "cho-ray", "label": "Khoa Cấp cứu", "secret_sha256": "5e" * 32}
    return {
        "accounts": [{**lan, **made}, {**minh, **made}],
        "sessions": [
            {"token_sha256": token, "username": "lan", "opened_at_s": AT_S, "expires_at_s": AT_S + 3600.0}
        ],
        "hospital_links": [
            {**link, "made_by": "lan", "made_at_s": AT_S, "expires_at_s": AT_S + 86400.0}
            | {"used_at_s": None, "ended_at_s": None, "ended_by": None}
        ],
        "session_origins": [{"token_sha256": token, "address": "10.0.0.7", "agent": "Firefox"}],
        "second_factors": [
            {"username": "minh", "secret": SECRET, "confirmed": True, "last_step": 0, "made_at_s": AT_S}
        ],
        "recovery_codes": [{"code_sha256": "ab" * 32, "username": "minh"}],
        "outside_names": [{"issuer": "https://id.vn", "subject": "p-1", "username": "lan"}],
        "stopped_accounts": [{"username": "minh", "at_s": AT_S, "by": "lan"}],
        "account_acts": [{"at_s": AT_S, "by": "lan", "act": "stopped", "about": "minh", "detail": ""}],
    }


def fill(connection: Connection, known: list[Table], password_hash: str) -> None:
    rows = people(password_hash)
    for table in known:
        connection.execute(insert(table), rows[table.name])


def held(engine: Engine, known: list[Table]) -> dict[str, list[dict[str, Any]]]:
    """All that stands in these tables, by the columns of today."""
    with engine.connect() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(table)).all()]
            for table in known
        }


def columns(engine: Engine, table: Table) -> dict[str, bool]:
    return {column["name"]: column["nullable"] for column in inspect(engine).get_columns(table.name)}


def wanted(table: Table) -> dict[str, bool]:
    return {column.name: bool(column.nullable) for column in table.columns}
