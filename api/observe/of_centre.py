"""The vitals of a centre: what is kept, its roads, feeds, positions and alarms."""

from datetime import UTC, datetime
from pathlib import Path

from api.alarms import Alarms
from api.centre import Centre
from api.feed import Feed
from api.observe.of_log import Clock, age, of_book, of_copy, of_disk, of_log, of_past, of_views
from api.observe.of_streams import of_streams
from api.observe.vitals import Figure, State, Vital, Vitals
from dispatch.application import PostgresLog
from routing.traffic.reading import read_version

FEED_STALE_S = 4.0
"""As the console: what it has not heard of for so long is stale."""
PINGS_LATE_S = 120.0


def watch(centre: Centre, vitals: Vitals, now: Clock = lambda: datetime.now(UTC)) -> None:
    """Register how to look at each part of a centre."""
    log, folder = centre.desk.log, Path(centre.lock.name).parent
    vitals.register("log", lambda: of_log(log, now))
    vitals.register("view", lambda: of_views(log, centre.views.position, centre.follower.fault, now))
    vitals.register("copy", lambda: of_copy(centre.keeper.fault))
    vitals.register("roads", lambda: of_roads(centre))
    vitals.register("feed", lambda: of_feeds(centre.feed))
    vitals.register("pings", lambda: of_pings(centre, now))
    vitals.register("stream", lambda: of_streams(centre.streams, centre.views.position))
    vitals.register("past", lambda: of_past(centre.past.fault))
    vitals.register("figures", lambda: of_book(centre.figures.fault))
    vitals.register("alarms", lambda: of_alarms(centre.alarms))
    vitals.register("disk", lambda: of_disk(folder))
    database, pen = centre.stores.database, centre.stores.pen
    if database is not None and pen is not None and isinstance(log, PostgresLog):
        from api.observe.of_postgres import watch_database  # psycopg is for those alone who have a PostgreSQL

        watch_database(vitals, database.libpq, log, log.ears, pen, now)


def of_roads(centre: Centre) -> Vital:
    traffic, map_version = centre.traffic, centre.desk.roads.map_version
    told = read_version(traffic.version)
    figures = (
        Figure("info", 1, "The roads in use", {"map": map_version, "week": told.week or "none"}),
        Figure("traffic_change", told.change, "Number of the newest change of the traffic that is in use"),
    )
    if centre.failing_roads():
        return Vital(State.FAILED, _ROADS_FAIL, lag_s=traffic.late_s, figures=figures)
    if traffic.behind:
        return Vital(State.LATE, _ROADS_LATE, lag_s=traffic.late_s, figures=figures)
    return Vital(State.WELL, _ROADS_WELL, lag_s=0.0, figures=figures)


_ROADS_FAIL = {
    "vi": "Không tính được đường đi thực tế; thời gian đến ước lượng theo đường chim bay.",
    "en": "The road engine does not answer; arrival times are straight-line estimates.",
}
_ROADS_LATE = {
    "vi": "Tình trạng đường mới nhất chưa được áp dụng.",
    "en": "The newest closures are not in the road times yet.",
}
_ROADS_WELL = {"vi": "Tính được đường đi thực tế.", "en": "Real road times, with the newest traffic."}


def of_feeds(feed: Feed) -> Vital:
    backlog = feed.backlog()
    most = max((waiting for waiting, _ in backlog), default=0)
    longest_s = max((seconds for _, seconds in backlog), default=0.0)
    stale = sum(seconds > FEED_STALE_S for _, seconds in backlog)
    figures = (
        Figure("clients", len(backlog), "Open live feeds"),
        Figure("stale", stale, f"Live feeds whose screen has taken nothing for {FEED_STALE_S:.0f} s"),
        Figure("waiting_frames", most, "Frames that wait for the slowest screen"),
        Figure("waiting_seconds", longest_s, "How long the oldest of them has waited"),
    )
    sentence = {
        "vi": f"{len(backlog)} màn hình đang nối" + (f", {stale} không nhận kịp." if stale else "."),
        "en": f"{len(backlog)} screen{' is' if len(backlog) == 1 else 's are'} connected"
        + (f", {stale} {'does' if stale == 1 else 'do'} not keep up." if stale else "."),
    }
    return Vital(State.LATE if stale else State.WELL, sentence, lag_s=longest_s, figures=figures)


def of_pings(centre: Centre, now: Clock) -> Vital:
    """Whether positions still come in at all; whether one unit's is old is for the desk to see."""
    newest = max((ping.at for ping in centre.telemetry.positions.all()), default=None)
    dropped = Figure(
        "dropped", centre.telemetry.counts["dropped"], "Pings that the disk was too slow for, since the start"
    )
    waiting = Figure("waiting", centre.telemetry.waiting, "Pings that wait to be stored")
    if newest is None:
        sentence = {"vi": "Chưa nhận vị trí nào.", "en": "No position has come in yet."}
        return Vital(State.WELL, sentence, figures=(dropped, waiting))
    age_s = (now() - newest).total_seconds()
    figures = (dropped, waiting, Figure("newest_age_seconds", age_s, "Since the newest position of any unit"))
    said = age(max(0.0, age_s))
    if age_s > PINGS_LATE_S:
        sentence = {
            "vi": f"Không có vị trí mới từ xe nào trong {said['vi']}.",
            "en": f"No unit has told its position for {said['en']}.",
        }
        return Vital(State.LATE, sentence, lag_s=age_s, figures=figures)
    sentence = {
        "vi": f"Vị trí mới nhất cách đây {said['vi']}.",
        "en": f"The newest position is {said['en']} old.",
    }
    return Vital(State.WELL, sentence, lag_s=max(0.0, age_s), figures=figures)


def of_alarms(alarms: Alarms) -> Vital:
    standing = sorted(alarms.standing)
    figures = tuple(
        Figure("standing", 1, "1 while an alarm stands, by code", {"code": code}) for code in standing
    )
    if not standing:
        return Vital(State.WELL, {"vi": "Không có cảnh báo.", "en": "No alarm stands."})
    count = len(standing)
    sentence = {"vi": f"{count} cảnh báo.", "en": f"{count} alarm{'s' if count > 1 else ''}."}
    return Vital(State.LATE, sentence, figures=figures)
