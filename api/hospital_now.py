"""A row of the hospital view as the ranking wants it."""

from datetime import datetime
from statistics import median_low

from dispatch.policies.destination import BedsNow, HospitalNow
from domain.service_hours import SaidOfService, read_hours
from domain.values import Position
from projections.rows import Row


def hospital_now(row: Row) -> HospitalNow:
    diversion = row["diversion"]
    waiting = sum(entry["arrived"] for entry in row["inbound"])
    return HospitalNow(
        hospital_id=row["id"],
        name=row["name"],
        position=Position(row["position"]["lat"], row["position"]["lon"]),
        specialities=tuple(row["specialities"]),
        beds={
            kind: BedsNow(beds["free"], _moment(beds["reported_at"]), beds["staffed"])
            for kind, beds in row["beds"].items()
        },
        diverting_until=_moment(diversion["until"]) if diversion else None,
        diverted_services=tuple(diversion["services"]) if diversion else (),
        hours={service: read_hours(texts) for service, texts in row["hours"].items()},
        services={
            service: SaidOfService(said["open"], datetime.fromisoformat(said["until"]), said["reason"])
            for service, said in row["services"].items()
        },
        inbound=len(row["inbound"]) - waiting,
        waiting=waiting,
        handover_s=usual_handover_s(row["handovers"]),
    )


def usual_handover_s(handovers: list[Row], last: int = 10) -> float | None:
    """Seconds of the middle one (the lower of two) of the last handovers, None where there were none."""
    seconds = [handover_s(entry) for entry in handovers[-last:]]
    return median_low(seconds) if seconds else None


def handover_s(entry: Row) -> float:
    arrived_at, handed_over_at = entry["arrived_at"], entry["handed_over_at"]
    return (datetime.fromisoformat(handed_over_at) - datetime.fromisoformat(arrived_at)).total_seconds()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
