"""Beds, diversion and who is on the way: one row a hospital, by its id in the city file."""

from domain.base import Fact
from domain.hospital import Hospital
from domain.run import Run
from domain.values import Milestone
from projections.bed_count import BED_FACTS, beds_after
from projections.rows import Row, changed, id_text, moment, plain

OWN_FACTS = (
    Hospital.Listed,
    Hospital.DiversionStarted,
    Hospital.DiversionEnded,
    Hospital.HoursKept,
    Hospital.ServiceSaid,
    Hospital.ServiceAsUsual,
    *BED_FACTS,
)
LEAVES = (Milestone.HANDED_OVER, Milestone.CLEAR, Milestone.STOOD_DOWN, Milestone.DECLINED)
"""After one of these nobody is inbound any more; between arrival and handover the entry says `arrived`."""
AT_THE_DOOR = {Milestone.AT_HOSPITAL: "arrived_at", Milestone.HANDED_OVER: "handed_over_at"}
"""What a row tells of these milestones."""
HANDOVERS_KEPT = 20
"""Of the last patients handed over there, for what is usual there now; all of them are in the runs."""


class HospitalCapacity:
    """`inbound` joins the runs that name this hospital with the beds held for them."""

    name = "hospitals"
    facts = (*OWN_FACTS, Run.Assigned, Run.Progressed, Run.Redirected, Run.Undone, Run.Moved, Run.Corrected)

    def keys(self, event: Fact) -> tuple[str, ...]:
        if isinstance(event, OWN_FACTS):
            return (event.hospital_id,)
        if isinstance(event, Run.Assigned | Run.Progressed | Run.Undone | Run.Moved | Run.Corrected):
            return (event.hospital_id,) if event.hospital_id else ()
        if isinstance(event, Run.Redirected):
            both = dict.fromkeys((event.was_hospital_id, event.hospital_id))
            return tuple(hospital_id for hospital_id in both if hospital_id)
        return ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        before = row if row is not None else _blank(key)
        after = _after(key, before, event, seq)
        # A row begins with its first fact; beds may be opened before the hospital is listed.
        return row if after is before else changed(after, seq, inbound=_with_holds(after))


def _blank(key: str) -> Row:
    return {
        "id": key,
        "code": None,
        "name": None,
        "name_en": None,
        "position": None,
        "specialities": [],
        "diversion": None,
        "hours": {},
        "services": {},
        "beds": {},
        "inbound": [],
        "handovers": [],
        "seq": 0,
    }


def _after(key: str, row: Row, event: Fact, seq: int) -> Row:
    match event:
        case Hospital.Listed():
            return changed(
                row,
                seq,
                code=event.code,
                name=event.name,
                name_en=event.name_en,
                position=plain(event.position),
                specialities=plain(event.specialities),
            )
        case Hospital.DiversionStarted():
            return changed(row, seq, diversion=_diversion(row["diversion"], event))
        case Hospital.DiversionEnded():
            return changed(row, seq, diversion=None)
        case Hospital.HoursKept(hours=hours):
            return changed(row, seq, hours=plain(hours))
        case Hospital.ServiceSaid(service=service):
            said = {"open": event.open, "until": moment(event.until), "reason": event.reason}
            return changed(row, seq, services={**row["services"], service: said})
        case Hospital.ServiceAsUsual(service=service):
            left = {name: said for name, said in row["services"].items() if name != service}
            return changed(row, seq, services=left)
        case Run.Assigned(bed_kind=bed_kind):
            return changed(row, seq, inbound=_joined(row["inbound"], event, bed_kind))
        case Run.Redirected(hospital_id=hospital_id, bed_kind=bed_kind) if hospital_id == key:
            return changed(row, seq, inbound=_joined(row["inbound"], event, bed_kind))
        case Run.Moved():
            return changed(row, seq, inbound=_moved(row["inbound"], event))
        case Run.Redirected():
            return changed(row, seq, inbound=_left(row["inbound"], event))
        case Run.Undone(back_to=back_to) if back_to in LEAVES:
            return changed(row, seq, inbound=_left(row["inbound"], event))
        case Run.Undone(back_to=back_to) if back_to is not None:
            others = [each for each in row["handovers"] if each["run_id"] != id_text(event.originator_id)]
            return changed(row, seq, inbound=_bound_again(row, event), handovers=others)
        case Run.Progressed(milestone=Milestone.AT_HOSPITAL):
            return changed(row, seq, inbound=_arrived(row["inbound"], event))
        case Run.Progressed(milestone=Milestone.HANDED_OVER):
            handovers = _handed_over(row, event)
            return changed(row, seq, inbound=_left(row["inbound"], event), handovers=handovers)
        case Run.Progressed(milestone=milestone) if milestone in LEAVES:
            return changed(row, seq, inbound=_left(row["inbound"], event))
        case Run.Corrected(milestone=milestone) if milestone in AT_THE_DOOR:
            return changed(
                row,
                seq,
                inbound=_mended(row["inbound"], event),
                handovers=_in_order(_mended(row["handovers"], event)),
            )
        case _ if isinstance(event, BED_FACTS):
            return changed(row, seq, beds=beds_after(row["beds"], event))
    return row


def _diversion(before: Row | None, event: Hospital.DiversionStarted) -> Row:
    """One that is said again before it ended goes on since its first hour."""
    since = moment(event.act.at)
    if before is not None and before["until"] >= since:
        since = before["since"]
    return {
        "reason": event.reason,
        "services": plain(event.services),
        "until": moment(event.until),
        "since": since,
    }


def _joined(
    inbound: list[Row], event: Run.Assigned | Run.Redirected | Run.Undone, bed_kind: str | None
) -> list[Row]:
    entry = {
        "run_id": id_text(event.originator_id),
        "callsign": event.callsign,
        "incident_id": id_text(event.incident_id),
        "incident_number": event.incident_number,
        "bed_kind": plain(bed_kind),
        "hold_until": None,
        "arrived": False,
        "arrived_at": None,
        "since": moment(event.act.at),
    }
    return sorted([*_left(inbound, event), entry], key=lambda each: (each["since"], each["callsign"]))


def _bound_again(row: Row, event: Run.Undone) -> list[Row]:
    """On the way as before, in its old place where it never left the list; or at the door again."""
    inbound: list[Row] = row["inbound"]
    run_id = id_text(event.originator_id)
    known = [each["arrived_at"] for each in (*inbound, *row["handovers"]) if each["run_id"] == run_id]
    arrived = event.back_to == Milestone.AT_HOSPITAL
    there = {"arrived": arrived, "arrived_at": known[-1] if arrived and known else None}
    if any(entry["run_id"] == run_id for entry in inbound):
        return [{**entry, **there} if entry["run_id"] == run_id else entry for entry in inbound]
    entry = {**_joined([], event, event.bed_kind)[0], **there, "since": moment(event.assigned_at)}
    return sorted([*inbound, entry], key=lambda each: (each["since"], each["callsign"]))


def _left(inbound: list[Row], event: Fact) -> list[Row]:
    return [entry for entry in inbound if entry["run_id"] != id_text(event.originator_id)]


def _moved(inbound: list[Row], event: Run.Moved) -> list[Row]:
    """Its incident was merged into another: the patient comes all the same."""
    told = {"incident_id": id_text(event.incident_id), "incident_number": event.incident_number}
    run_id = id_text(event.originator_id)
    return [{**entry, **told} if entry["run_id"] == run_id else entry for entry in inbound]


def _arrived(inbound: list[Row], event: Fact) -> list[Row]:
    run_id = id_text(event.originator_id)
    there = {"arrived": True, "arrived_at": moment(event.act.at)}
    return [{**entry, **there} if entry["run_id"] == run_id else entry for entry in inbound]


def _handed_over(row: Row, event: Fact) -> list[Row]:
    """The last handovers, the newest at the end: when it arrived, and when it was handed over. By their own
    time: crews tell late, and of two that are told in either order the same one is the newest."""
    run_id = id_text(event.originator_id)
    new = [
        {"run_id": run_id, "arrived_at": entry["arrived_at"], "handed_over_at": moment(event.act.at)}
        for entry in row["inbound"]
        if entry["run_id"] == run_id and entry["arrived_at"] is not None
    ]
    return _in_order([*row["handovers"], *new])[-HANDOVERS_KEPT:]


def _in_order(handovers: list[Row]) -> list[Row]:
    return sorted(handovers, key=lambda each: (each["handed_over_at"], each["run_id"]))


def _mended(entries: list[Row], event: Run.Corrected) -> list[Row]:
    """A time that was wrong is told anew wherever it stands."""
    run_id, told = id_text(event.originator_id), AT_THE_DOOR[Milestone(event.milestone)]
    anew = {told: moment(event.happened_at)}

    def meant(entry: Row) -> bool:
        return bool(entry["run_id"] == run_id) and entry.get(told) is not None

    return [{**entry, **anew} if meant(entry) else entry for entry in entries]


def _with_holds(row: Row) -> list[Row]:
    """The bed held for each run, if any. Run and ledger tell their parts in either order."""
    joined = []
    for entry in row["inbound"]:
        holds = row["beds"].get(entry["bed_kind"], {}).get("holds", {})
        joined.append({**entry, "hold_until": holds.get(entry["run_id"])})
    return joined
