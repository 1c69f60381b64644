import pytest
from sqlalchemy import create_engine, inspect

from projections.ping_history import PingHistory
from projections.pings import open_pings
from tests.contract.pings.pings_contract import MARCH_3, PingsContract, ping


class TestSqlitePings(PingsContract):
    @pytest.fixture
    def engine(self, tmp_path):
        return create_engine(f"sqlite:///{tmp_path / 'telemetry.sqlite'}")

    @pytest.fixture
    def again(self, engine):
        return lambda: open_pings(engine)

    def test_sqlite_keeps_a_table_a_day(self, history, engine):
        assert isinstance(history, PingHistory)
        history.write([ping(-1), ping(0)])
        assert {"pings_20260302", "pings_20260303"} <= set(inspect(engine).get_table_names())
        history.drop_before(MARCH_3)
        assert "pings_20260302" not in inspect(engine).get_table_names()
