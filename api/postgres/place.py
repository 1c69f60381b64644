"""A centre's database as the place of a log: whose it is, its epoch, and how a demonstration leaves it."""

from uuid import uuid4

from sqlalchemy import Connection, Engine, text

from api.postgres.address import Address

KEPT = ("about", "accounts", "sessions", "alembic_version", "devices")
"""What is not made of the log: people and their devices outlast a demonstration."""


class Database:
    """Schema `vigil` of a database that `api.postgres.migrate` has seen to."""

    option = "--db"

    def __init__(self, engine: Engine, address: Address) -> None:
        self._engine, self._address = engine, address

    def __str__(self) -> str:
        return repr(self._address)

    def owner(self) -> str:
        return self.read("city")

    def note_owner(self, words: str) -> None:
        self.note("city", words)

    def epoch(self) -> str:
        """The name of this log. A new log has a new one, so that clients of the old one begin again."""
        if not self.read("epoch"):
            self.note("epoch", uuid4().hex)
        return self.read("epoch")

    def read(self, name: str) -> str:
        """A note; empty where there is none."""
        with self._engine.connect() as connection:
            found = connection.execute(
                text("SELECT value FROM vigil.about WHERE name = :name"), {"name": name}
            )
            return found.scalar_one_or_none() or ""

    def note(self, name: str, value: str) -> None:
        upsert = (
            "INSERT INTO vigil.about VALUES (:name, :value) "
            "ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        )
        with self._engine.begin() as connection:
            connection.execute(text(upsert), {"name": name, "value": value})

    def has_log(self) -> bool:
        with self._engine.connect() as connection:
            if (
                connection.execute(text("SELECT to_regclass('vigil_log.dispatch_events')")).scalar_one()
                is None
            ):
                return False
            return bool(
                connection.execute(text("SELECT EXISTS (SELECT FROM vigil_log.dispatch_events)")).scalar_one()
            )

    def lay_aside(self, city_id: str) -> str:
        """The log moves to a schema of its own; all that was made of it is made again from the new one."""
        with self._engine.begin() as connection:
            aside = _free_name(connection, city_id)
            connection.execute(text(f'ALTER SCHEMA vigil_log RENAME TO "{aside}"'))
            connection.execute(text("CREATE SCHEMA vigil_log"))
            for table in _made_of_the_log(connection):
                connection.execute(text(f'TRUNCATE vigil."{table}" CASCADE'))
            connection.execute(text("DELETE FROM vigil.about WHERE name <> 'city'"))
        return f"schema {aside} of {self}"


def _free_name(connection: Connection, city_id: str) -> str:
    number = 1
    plain = "".join(letter if letter.isalnum() else "_" for letter in city_id)[:30]
    while connection.execute(
        text("SELECT to_regnamespace(:name) IS NOT NULL"), {"name": f'"vigil_log_{plain}_{number}"'}
    ).scalar_one():
        number += 1
    return f"vigil_log_{plain}_{number}"


def _made_of_the_log(connection: Connection) -> list[str]:
    tables = text(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'vigil' AND c.relkind IN ('r', 'p') AND NOT c.relispartition"
    )
    return sorted(set(connection.execute(tables).scalars()) - set(KEPT))
