"""Records in a table, found by id and by day. The same statements serve a SQLite file and PostgreSQL."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    func,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from projections.figures.fold import Key
from projections.figures.records import DAY_US, KINDS, DutyRecord, Kept

METADATA = MetaData()

FIGURE_RECORDS = Table(
    "figure_records",
    METADATA,
    Column("kind", String(12), primary_key=True),
    Column("id", String(80), primary_key=True),
    Column("began_day", Integer, nullable=False),  # days since 1970, UTC
    Column("over_day", Integer),  # null while it lasts
    Column("record", Text, nullable=False),  # JSON
    Index("figure_records_by_day", "kind", "began_day"),
)

FIGURE_POSITION = Table(
    "figure_position",
    METADATA,
    Column("fold", String(80), primary_key=True),
    Column("seq", BigInteger, nullable=False),
)
"""Of which log and by which code the records are, and how far."""

AT_ONCE = 500


class FigureStore:
    def __init__(self, engine: Engine, fold: str) -> None:
        """fold : records of another one are thrown away, and made again from the log"""
        self._engine, self._fold = engine, fold
        METADATA.create_all(engine)
        with engine.begin() as connection:
            known = connection.execute(select(FIGURE_POSITION.c.fold)).scalar_one_or_none()
            if known != fold:
                connection.execute(delete(FIGURE_RECORDS))
                connection.execute(delete(FIGURE_POSITION))
                connection.execute(FIGURE_POSITION.insert().values(fold=fold, seq=0))

    @property
    def position(self) -> int:
        with self._engine.connect() as connection:
            return int(connection.execute(select(FIGURE_POSITION.c.seq)).scalar_one())

    def write(self, changed: Mapping[Key, Kept], position: int) -> None:
        """Records and the position, both or neither."""
        rows = [_row(kind, record) for (kind, _), record in changed.items()]
        with self._engine.begin() as connection:
            if rows:
                new = _insert(connection)
                told = {name: new.excluded[name] for name in ("began_day", "over_day", "record")}
                connection.execute(new.on_conflict_do_update(index_elements=["kind", "id"], set_=told), rows)
            connection.execute(FIGURE_POSITION.update().values(seq=position))

    def of(self, kind: str, ids: Iterable[str]) -> list[Kept]:
        """Those of these ids that there are."""
        wanted, found = sorted(set(ids)), []
        table = FIGURE_RECORDS.c
        with self._engine.connect() as connection:
            for start in range(0, len(wanted), AT_ONCE):
                some = select(table.record).where(
                    table.kind == kind, table.id.in_(wanted[start : start + AT_ONCE])
                )
                found += _read(kind, connection.execute(some).scalars().all())
        return found

    def on_days(self, kind: str, first: int, last: int) -> list[Kept]:
        """Those that began on these days (since 1970, UTC), both included."""
        table = FIGURE_RECORDS.c
        wanted = select(table.record).where(table.kind == kind, table.began_day.between(first, last))
        with self._engine.connect() as connection:
            return _read(kind, connection.execute(wanted).scalars().all())

    def lasting_into(self, kind: str, first: int) -> list[Kept]:
        """Those that began before this day, and were not over before it."""
        table = FIGURE_RECORDS.c
        wanted = select(table.record).where(
            table.kind == kind,
            table.began_day < first,
            or_(table.over_day.is_(None), table.over_day >= first),
        )
        with self._engine.connect() as connection:
            return _read(kind, connection.execute(wanted).scalars().all())

    def all(self, kind: str) -> list[Kept]:
        table = FIGURE_RECORDS.c
        with self._engine.connect() as connection:
            return _read(
                kind, connection.execute(select(table.record).where(table.kind == kind)).scalars().all()
            )

    def last_duties_before(self, day: int) -> list[DutyRecord]:
        """Of each unit the newest day before this one on which it signed anything."""
        table = FIGURE_RECORDS.c
        callsign = func.substr(table.id, 1, _slash(self._engine, table.id) - 1)
        newest = (
            select(callsign.label("callsign"), func.max(table.began_day).label("day"))
            .where(table.kind == "duties", table.began_day < day)
            .group_by(callsign)
            .subquery()
        )
        wanted = select(table.record).where(
            table.kind == "duties", callsign == newest.c.callsign, table.began_day == newest.c.day
        )
        with self._engine.connect() as connection:
            found = _read("duties", connection.execute(wanted).scalars().all())
        return [record for record in found if isinstance(record, DutyRecord)]

    def begin_again(self) -> None:
        with self._engine.begin() as connection:
            connection.execute(delete(FIGURE_RECORDS))
            connection.execute(FIGURE_POSITION.update().values(seq=0))


def _slash(engine: Engine, column: Any) -> Any:
    return (func.strpos if engine.dialect.name == "postgresql" else func.instr)(column, "/")


def _insert(connection: Connection) -> Any:
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(FIGURE_RECORDS)


def _row(kind: str, record: Kept) -> dict[str, Any]:
    return {
        "kind": kind,
        "id": record.id,
        "began_day": record.began // DAY_US,
        "over_day": None if record.over is None else record.over // DAY_US,
        "record": msgspec.json.encode(record).decode(),
    }


def _read(kind: str, texts: Sequence[str]) -> list[Kept]:
    decoder = DECODERS[kind]
    return [decoder.decode(text) for text in texts]


DECODERS = {kind: msgspec.json.Decoder(record) for kind, record in KINDS.items()}
