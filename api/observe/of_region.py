"""The vitals of what a centre has to do with its region: the relay, the workers, its positions on their way.

Each of them may stand still for an hour, and dispatch goes on.
"""

from datetime import datetime

from api.ingest.to_kafka import PingPublisher
from api.observe.of_log import Clock, age, facts
from api.observe.vitals import Figure, State, Vital, Vitals
from api.streams.region_watch import RegionWatch, Seen
from dispatch.application import DispatchLog

LATE_S = 30.0
AWAY = {"vi": "Kafka không trả lời; đang thử lại.", "en": "Kafka does not answer; trying again."}


def watch_region(
    vitals: Vitals, watch: RegionWatch, publisher: PingPublisher, log: DispatchLog, now: Clock
) -> None:
    vitals.register("relay", lambda: of_relay(_seen(watch), log, now()))
    vitals.register("workers", lambda: of_workers(_seen(watch)))
    vitals.register("kafka", lambda: of_publisher(publisher))


def _seen(watch: RegionWatch) -> Seen | None:
    """None where nobody can say at present."""
    return watch.seen if watch.answers else None


def of_relay(seen: Seen | None, log: DispatchLog, now: datetime) -> Vital:
    """How far the region has our log: by the relay's own note in Kafka."""
    if seen is None:
        return Vital(State.LATE, AWAY)
    missing = log.select(seen.relayed + 1, 1)
    lag = max(0, log.position() - seen.relayed) if missing else 0
    lag_s = max(0.0, (now - missing[0][1].act.heard_at).total_seconds()) if missing else 0.0
    said = age(lag_s)
    if missing and not seen.relayed:
        sentence = {
            "vi": "Nhật ký chưa được chuyển lên vùng: vigil relay có đang chạy không?",
            "en": "Nothing of the log was sent to the region yet: does vigil relay run?",
        }
        return Vital(State.LATE, sentence, lag, lag_s)
    if lag_s > LATE_S:
        sentence = {
            "vi": f"Vùng chậm {lag} sự kiện, {said['vi']}: hãy xem vigil relay.",
            "en": f"The region is {facts(lag)} behind, by {said['en']}: look at vigil relay.",
        }
        return Vital(State.LATE, sentence, lag, lag_s)
    if seen.relay_silent_s is not None and seen.relay_silent_s > LATE_S:
        said = age(seen.relay_silent_s)
        sentence = {
            "vi": f"vigil relay im lặng {said['vi']}: nó có đang chạy không?",
            "en": f"The relay has said nothing for {said['en']}: does vigil relay run?",
        }
        return Vital(State.LATE, sentence, lag, lag_s)
    return Vital(State.WELL, {"vi": "Vùng có nhật ký.", "en": "The region has our log."}, lag, lag_s)


def of_workers(seen: Seen | None) -> Vital:
    if seen is None:
        return Vital(State.LATE, AWAY)
    figures = (
        Figure("silent_seconds", seen.silent_s, "Since a partition last heard a tick of its worker"),
        Figure("waiting", seen.waiting, "Pings and messages that no worker has committed"),
    )
    if seen.silent_s > LATE_S:
        said = age(seen.silent_s)
        sentence = {
            "vi": f"Không có luồng xử lý nào làm việc trong {said['vi']}: vigil stream có đang chạy không?",
            "en": f"A part of the streams has had no worker for {said['en']}: does vigil stream run?",
        }
        return Vital(State.LATE, sentence, lag_s=seen.lag_s, figures=figures)
    if seen.lag_s > LATE_S:
        said = age(seen.lag_s)
        sentence = {
            "vi": f"Luồng xử lý chậm {said['vi']}: cảnh báo của vùng đến muộn.",
            "en": f"The workers are {said['en']} behind: what the region finds comes late.",
        }
        return Vital(State.LATE, sentence, lag_s=seen.lag_s, figures=figures)
    return Vital(State.WELL, {"vi": "Theo kịp.", "en": "They keep up."}, lag_s=seen.lag_s, figures=figures)


def of_publisher(publisher: PingPublisher) -> Vital:
    """Our own positions on their way to the region."""
    figures = (
        Figure("pings_waiting", publisher.waiting, "Pings that wait to be sent to the region"),
        Figure("pings_dropped", publisher.counts["dropped"], "Pings the region never got, since the start"),
    )
    if publisher.connected:
        return Vital(State.WELL, {"vi": "Đang gửi.", "en": "They are being sent."}, figures=figures)
    return Vital(State.LATE, AWAY, figures=figures)
