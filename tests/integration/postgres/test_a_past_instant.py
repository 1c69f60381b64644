"""`vigil replay --at` tells the same of an instant, whether the log is kept in SQLite or in PostgreSQL."""

from datetime import timedelta

from typer.testing import CliRunner

from api.cli.main import app
from api.postgres.address import as_url
from api.postgres.migrate import migrate
from dispatch.application import postgres_log, sqlite_log
from tests.integration.simulations.night import a_night, roads_in


def test_an_instant_reads_the_same_out_of_both_stores(address, tmp_path):
    night = a_night(tmp_path, roads_in(tmp_path), calls=12, hours=2)
    facts = night.full().log
    data = tmp_path / "data"
    data.mkdir()
    migrate(address)
    for log in (sqlite_log(str(data / "events.sqlite")), postgres_log(address.libpq, most=2)):
        facts.write_to(log)
        log.close()
    for minutes in (20, 60, 300):
        at = (night.day.begins + timedelta(minutes=minutes)).isoformat()
        for more in ((), ("--json",)):
            words = ["replay", "--at", at, "--data", str(data), *more]
            told = CliRunner().invoke(app, words)
            ours = CliRunner().invoke(app, [*words, "--db", as_url(address)])
            assert told.exit_code == 0, told.output
            assert ours.output == told.output
            assert ("Incidents under way" in told.output) == (more == ())
