import pytest
from sqlalchemy import text

from api.postgres.engine import postgres_engine
from api.postgres.migrate import migrate
from projections.ping_partitions import PingPartitions
from projections.pings import open_pings
from tests.contract.pings.pings_contract import MARCH_2, MARCH_3, MARCH_4, PingsContract, ping, read
from tests.postgres import fresh_database


class TestPostgresPings(PingsContract):
    @pytest.fixture
    def engine(self):
        with fresh_database() as address:
            migrate(address)
            engine = postgres_engine(address)
            yield engine
            engine.dispose()

    @pytest.fixture
    def again(self, engine):
        return lambda: open_pings(engine)

    def test_postgres_keeps_a_partition_a_day_with_both_indexes(self, history, engine):
        assert isinstance(history, PingPartitions)
        history.make_ready([MARCH_2, MARCH_3])
        with engine.connect() as connection:
            found = connection.execute(
                text(
                    "SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'vigil'"
                    " AND tablename LIKE 'pings_2026%' ORDER BY tablename, indexdef"
                )
            ).all()
        told = [
            (table, kind)
            for table, made in found
            for kind in ("btree (callsign, at)", "brin (at)")
            if kind in made
        ]
        assert sorted(told) == [
            ("pings_20260302", "brin (at)"),
            ("pings_20260302", "btree (callsign, at)"),
            ("pings_20260303", "brin (at)"),
            ("pings_20260303", "btree (callsign, at)"),
        ]

    def test_the_way_of_a_unit_on_one_day_looks_at_one_partition(self, history, engine):
        history.write([ping(-1), ping(1)])
        with engine.connect() as connection:
            plan = connection.execute(
                text(
                    "EXPLAIN SELECT * FROM vigil.pings WHERE callsign = 'C1'"
                    " AND at >= '2026-03-03T00:00Z' AND at < '2026-03-03T12:00Z'"
                )
            ).scalars()
            told = "\n".join(plan)
        assert "pings_20260303" in told
        assert "pings_20260302" not in told

    def test_a_day_that_somebody_else_dropped_is_made_again(self, history, again):
        history.write([ping(-1), ping(1)])
        again().drop_before(MARCH_4)
        history.write([ping(-2), ping(2)])
        assert read(history) == [ping(-2), ping(2)]

    def test_a_batch_that_meets_known_pings_in_a_cut_connection_still_arrives(self, history, engine):
        history.write([ping(1)])
        with engine.connect() as mine:
            mine.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        history.write([ping(1), ping(2)])
        assert read(history) == [ping(1), ping(2)]
