"""The vitals of a centre on PostgreSQL: the server, its archive and standbys, who listens, who may write."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol

import psycopg

from api.observe.of_log import Clock, age, facts
from api.observe.vitals import Figure, State, Vital, Vitals
from dispatch.application import DispatchLog

SKEW_S = 2.0
"""Two machines further apart than this do not keep time by the same source."""
PROJECTOR_LATE_S = 10.0
STATEMENT_MS = 800


class Hears(Protocol):
    """Whoever listens to the database; `dispatch.postgres.ears.Ears` is the real one."""

    losses: int

    @property
    def hearing(self) -> "IsSet": ...


class IsSet(Protocol):
    def is_set(self) -> bool: ...


class Holds(Protocol):
    """The right to write; `api.postgres.pen.Pen` is the real one."""

    held: bool
    taken_by_other: bool
    losses: int


class Server(NamedTuple):
    """What the server says of itself.

    standbys : connected ones that acknowledge with it; None where this account may not know (pg_monitor)
    wanted   : whether it waits for a standby before it acknowledges
    archive_fails : whether the last piece of log could not be archived; None where it does not archive
    """

    clock: datetime
    version: str
    bytes: int
    read_only: bool
    wanted: bool
    standbys: int | None
    archive_fails: bool | None


def watch_database(
    vitals: Vitals, conninfo: str, log: DispatchLog, ears: Hears, pen: Holds, now: Clock
) -> None:
    """Register how to look at a centre's database. conninfo : as libpq knows it."""
    vitals.register("database", lambda: of_server(ask(conninfo), now()))
    vitals.register("listener", lambda: of_ears(ears))
    vitals.register("pen", lambda: of_pen(pen))
    vitals.register("projector", lambda: of_projector(log, lambda: tables_stand_at(conninfo), now))


def ask(conninfo: str) -> Server:
    """On a connection of its own: a pool that hangs is not asked whether it hangs. Raises psycopg.Error."""
    with _connected(conninfo) as connection:
        row = connection.execute(_ASK).fetchone()
    assert row is not None
    clock, version, size, read_only, names, seen, standbys, archives, fails = row
    return Server(
        clock,
        version,
        size,
        read_only,
        bool(names),
        standbys if seen else None,
        bool(fails) if archives else None,
    )


_ASK = """
SELECT clock_timestamp(), split_part(current_setting('server_version'), ' ', 1),
       pg_database_size(current_database()), pg_is_in_recovery(),
       current_setting('synchronous_standby_names'),
       pg_has_role(current_user, 'pg_read_all_stats', 'usage'),
       (SELECT count(*) FROM pg_stat_replication WHERE sync_state IN ('sync', 'quorum')),
       current_setting('archive_mode') <> 'off',
       (SELECT last_failed_time > coalesce(last_archived_time, '-infinity') FROM pg_stat_archiver)
"""


def of_server(server: Server, now: datetime) -> Vital:
    ahead_s = (server.clock - now).total_seconds()
    figures = [
        Figure("bytes", server.bytes, "Size of the database"),
        Figure("clock_ahead_seconds", ahead_s, "How far the server's clock is ahead of ours"),
        Figure("read_only", server.read_only, "1 where the server is a standby"),
    ]
    if server.archive_fails is not None:
        figures.append(Figure("archive_fails", server.archive_fails, "1 where the log cannot be archived"))
    if server.standbys is not None:
        figures.append(Figure("standbys", server.standbys, "Standbys that acknowledge with the server"))
        figures.append(Figure("standbys_missing", server.wanted and not server.standbys, "1 where none does"))
    state, said = _judged(server, ahead_s)
    return Vital(state, said, figures=tuple(figures))


def _judged(server: Server, ahead_s: float) -> tuple[State, dict[str, str]]:
    if server.read_only:
        return State.FAILED, {
            "vi": "Máy chủ cơ sở dữ liệu đang là bản dự phòng, không ghi được.",
            "en": "The database server is a standby: nothing can be stored.",
        }
    if server.wanted and server.standbys == 0:
        return State.FAILED, {
            "vi": "Không có bản dự phòng đồng bộ: lệnh mới phải chờ.",
            "en": "No synchronous standby is connected: orders wait until one is.",
        }
    if server.archive_fails:
        return State.LATE, {
            "vi": "Không lưu trữ được nhật ký PostgreSQL: bản sao lưu đang chậm lại.",
            "en": "The server cannot archive its log: the backup stands still.",
        }
    if abs(ahead_s) > SKEW_S:
        return State.LATE, {
            "vi": f"Đồng hồ của cơ sở dữ liệu lệch {ahead_s:+.0f} giây so với máy này.",
            "en": f"The clock of the database is {ahead_s:+.0f} s off this machine's.",
        }
    return State.WELL, {
        "vi": f"PostgreSQL {server.version} trả lời.",
        "en": f"PostgreSQL {server.version} answers.",
    }


def of_ears(ears: Hears) -> Vital:
    """Without it the views are still renewed twice a second."""
    figures = (
        Figure("hearing", ears.hearing.is_set(), "1 while the database tells us what is stored"),
        Figure("losses", ears.losses, "How often that connection was lost, since the start"),
    )
    if ears.hearing.is_set():
        return Vital(State.WELL, {"vi": "Đang nghe.", "en": "Listening."}, figures=figures)
    sentence = {
        "vi": "Mất kênh nghe cơ sở dữ liệu; đang hỏi lại mỗi nửa giây.",
        "en": "The connection that listens is lost; the log is asked twice a second instead.",
    }
    return Vital(State.LATE, sentence, figures=figures)


def of_pen(pen: Holds) -> Vital:
    figures = (
        Figure("held", pen.held, "1 while this process has the right to write"),
        Figure("losses", pen.losses, "How often it lost that right, since the start"),
    )
    if pen.held:
        return Vital(State.WELL, {"vi": "Có quyền ghi.", "en": "Held by this process."}, figures=figures)
    if pen.taken_by_other:
        sentence = {
            "vi": "Một tiến trình khác đang giữ quyền ghi: ở đây không lưu được gì.",
            "en": "Another process holds it: nothing can be stored here.",
        }
    else:
        sentence = {
            "vi": "Quyền ghi đã mất cùng kết nối; đang lấy lại.",
            "en": "It was lost with its connection; it is being taken again.",
        }
    return Vital(State.FAILED, sentence, figures=figures)


def of_projector(log: DispatchLog, stands_at: Callable[[], int | None], now: Clock) -> Vital:
    """The PostGIS tables are kept by a process of its own, or by nobody where nobody asks for them."""
    reached = stands_at()
    if not reached:
        return Vital(State.WELL, {"vi": "Không dùng.", "en": "Not in use."})
    missing = log.select(reached + 1, 1)
    lag = max(0, log.position() - reached) if missing else 0
    lag_s = max(0.0, (now() - missing[0][1].act.heard_at).total_seconds()) if missing else 0.0
    said = age(lag_s)
    if lag_s > PROJECTOR_LATE_S:
        sentence = {
            "vi": f"Dữ liệu PostGIS chậm {lag} sự kiện, {said['vi']}.",
            "en": f"The PostGIS tables are {facts(lag)} behind, by {said['en']}.",
        }
        return Vital(State.LATE, sentence, lag, lag_s)
    return Vital(
        State.WELL, {"vi": "Theo kịp nhật ký.", "en": "They stand where the log stands."}, lag, lag_s
    )


def tables_stand_at(conninfo: str) -> int | None:
    """Where the tables stand; None where there are none. Raises psycopg.Error."""
    with _connected(conninfo) as connection:
        there = connection.execute("SELECT to_regclass('vigil.tables_position')").fetchone()
        if there is None or there[0] is None:
            return None
        row = connection.execute("SELECT seq FROM vigil.tables_position WHERE id = 1").fetchone()
    return row[0] if row else None


def _connected(conninfo: str) -> "psycopg.Connection[tuple]":
    return psycopg.connect(
        conninfo,
        autocommit=True,
        connect_timeout=2,
        application_name="vigil-status",
        options=f"-c statement_timeout={STATEMENT_MS}",
    )
