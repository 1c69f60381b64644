"""Snapshots in a table. The same statements serve a SQLite file and PostgreSQL."""

from collections.abc import Iterator, Sequence

from sqlalchemy import (
    BigInteger,
    Column,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    delete,
    func,
    select,
)

from projections.snapshots import Packed, Place

METADATA = MetaData()

VIEW_SNAPSHOTS = Table(
    "view_snapshots",
    METADATA,
    Column("fold", Text, primary_key=True),
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("heard_us", BigInteger, nullable=False),
    Column("complete_since", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
)


class SqlSnapshots:
    def __init__(self, engine: Engine, fold: str) -> None:
        self.fold = fold
        self.engine = engine
        METADATA.create_all(engine)

    def put(self, packed: Packed) -> None:
        row = {column.name: getattr(packed, column.name) for column in VIEW_SNAPSHOTS.columns}
        with self.engine.begin() as connection:
            connection.execute(
                delete(VIEW_SNAPSHOTS).where(
                    VIEW_SNAPSHOTS.c.fold == packed.fold, VIEW_SNAPSHOTS.c.seq == packed.seq
                )
            )
            connection.execute(VIEW_SNAPSHOTS.insert(), row)

    def places(self) -> list[Place]:
        columns = VIEW_SNAPSHOTS.c
        wanted = select(columns.seq, columns.heard_us, func.length(columns.body)).where(
            columns.fold == self.fold
        )
        with self.engine.connect() as connection:
            return [Place(*row) for row in connection.execute(wanted.order_by(columns.seq))]

    def until(self, seq: int | None = None, heard_us: int | None = None) -> Iterator[Packed]:
        columns = VIEW_SNAPSHOTS.c
        wanted = select(columns.seq).where(columns.fold == self.fold)
        if seq is not None:
            wanted = wanted.where(columns.seq <= seq)
        if heard_us is not None:
            wanted = wanted.where(columns.heard_us <= heard_us)
        with self.engine.connect() as connection:
            for place in connection.execute(wanted.order_by(columns.seq.desc())).scalars().all():
                whole = select(VIEW_SNAPSHOTS).where(columns.fold == self.fold, columns.seq == place)
                found = connection.execute(whole).mappings().one_or_none()
                if found is not None:  # it may have been thinned out just now
                    yield Packed(**{**found, "body": bytes(found["body"])})

    def drop(self, seqs: Sequence[int]) -> None:
        columns = VIEW_SNAPSHOTS.c
        with self.engine.begin() as connection:
            for seq in seqs:
                connection.execute(
                    delete(VIEW_SNAPSHOTS).where(columns.fold == self.fold, columns.seq == seq)
                )

    def drop_foreign(self) -> None:
        with self.engine.begin() as connection:
            connection.execute(delete(VIEW_SNAPSHOTS).where(VIEW_SNAPSHOTS.c.fold != self.fold))
