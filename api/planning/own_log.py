"""The own log, as simulations of its days are told of it."""

from zoneinfo import ZoneInfo

from api.hand import now
from api.planning.shelf import LogDays
from api.postgres.address import Address
from dispatch.application import DispatchLog
from simulations.asked.order import LOG_ADDRESS


def log_days(log: DispatchLog, timezone: str) -> LogDays | None:
    """From the first fact on; one row is read."""
    first = log.select(1, 1)
    if not first:
        return None
    zone = ZoneInfo(timezone)
    return LogDays(first[0][1].act.at.astimezone(zone).date(), now().astimezone(zone))


def surroundings(database: Address | None) -> dict[str, str]:
    """Where the log is, for the process that reads it: a password belongs into no file."""
    return {} if database is None else {LOG_ADDRESS: database.libpq}
