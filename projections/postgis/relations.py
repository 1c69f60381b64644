"""From rows of views to rows of tables: a pure function of what changed and of all that stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from projections.memory import MemoryViews
from projections.postgis.geometry import point, stretch
from projections.postgis.intervals import between, intervals
from projections.postgis.tables import MILESTONES
from projections.rows import GONE, Changes, Row

Upserts = dict[str, list[Row]]
"""{table: whole rows, none of them twice}"""


@dataclass(slots=True)
class Relations:
    """What a batch makes of the tables.

    gone : {table: ids of rows that leave}
    """

    upserts: Upserts = field(default_factory=dict)
    gone: dict[str, list[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(map(len, self.upserts.values())) + sum(map(len, self.gone.values()))


class After:
    """The views as they will stand once these changes are taken."""

    def __init__(self, before: MemoryViews, changes: Changes) -> None:
        self.before, self._changes = before, changes

    def row(self, view: str, row_id: str) -> Row | None:
        changed = self._changes.get(view, {}).get(row_id)
        if changed is None:
            return self.before.row(view, row_id)
        return None if GONE in changed else changed


def relations(before: MemoryViews, changes: Changes) -> Relations:
    """The rows of every table that these changes touch."""
    after, made = After(before, changes), Relations()
    of = {view: [row for row in rows.values() if GONE not in row] for view, rows in changes.items()}
    incidents = _touched_incidents(after, changes)
    upserts = {
        "units": [_unit(row) for row in of.get("units", ())],
        "calls": [_call(row) for row in of.get("calls", ())],
        "incidents": [_incident(row, after) for row in incidents.values()],
        "run_places": [_run_places(row) for row in of.get("run_places", ())],
        "hospitals": [_hospital(row) for row in of.get("hospitals", ())],
        "beds": [bed for row in of.get("hospitals", ()) for bed in _beds(row, before)],
        "closures": [_closure(row) for row in of.get("traffic", ())],
        "unit_positions": _positions(of.get("run_places", ())),
    }
    runs = _touched_runs(after, changes, incidents)
    upserts["runs"] = [_run(row, after) for row in runs]
    upserts["kpi_intervals"] = [_kpi(row, after) for row in runs]
    made.upserts = {table: rows for table, rows in upserts.items() if rows}
    if left := [row["id"] for row in changes.get("traffic", {}).values() if GONE in row]:
        made.gone["closures"] = left
    return made


def _touched_incidents(after: After, changes: Changes) -> dict[str, Row]:
    """Those that changed, and those whose first call did."""
    touched = dict(changes.get("incidents", {}))
    for call in changes.get("calls", {}).values():
        incident_id = call["incident_id"]
        if incident_id is not None and incident_id not in touched:
            row = after.row("incidents", incident_id)
            if row is not None:
                touched[incident_id] = row
    return touched


def _touched_runs(after: After, changes: Changes, incidents: dict[str, Row]) -> list[Row]:
    """Those that changed, and those whose figures begin with another moment or count for another priority."""
    touched = dict(changes.get("runs", {}))
    for incident_id, row in incidents.items():
        runs = _runs_of(row)
        if all(run["run_id"] in touched for run in runs):
            continue  # none is left to be found, so the store need not be asked how a new incident stood
        before = after.before.row("incidents", incident_id)
        if before is not None and _basis(before, after.before) == _basis(row, after):
            continue
        for run in runs:
            found = after.row("runs", run["run_id"])
            if found is not None:
                touched.setdefault(run["run_id"], found)
    return list(touched.values())


def _runs_of(incident: Row) -> list[Row]:
    """Those it has, and those it brought into another incident, which tell of their move only afterwards."""
    return [*incident["runs"], *(incident.get("parked") or {"runs": ()})["runs"]]


def _basis(incident: Row, views: After | MemoryViews) -> tuple[str, str | None, str | None]:
    return incident["opened_at"], _first_call_at(incident, views), incident["priority"]


def _first_call_at(incident: Row, views: After | MemoryViews) -> str | None:
    calls = (views.row("calls", call_id) for call_id in incident["call_ids"])
    return min((call["received_at"] for call in calls if call is not None), default=None)


def _unit(row: Row) -> Row:
    return {**row, "folded": row}


def _call(row: Row) -> Row:
    return {**row, "position": point(row["position"]), "folded": row}


def _incident(row: Row, after: After) -> Row:
    needs, title = row["needs"], row["determinant_title"] or {}
    return {
        "id": row["id"],
        "number": row["number"],
        "priority": row["priority"],
        "determinant": row["determinant"],
        "status": row["status"],
        "patients": row["patients"],
        "capabilities": needs["capabilities"],
        "bed_kind": needs["bed_kind"],
        "speciality": needs["speciality"],
        "position": point(row["position"]),
        "opened_at": row["opened_at"],
        "first_call_at": _first_call_at(row, after),
        "waiting_since": row["waiting_since"],
        "closed_at": row["closed_at"],
        "calls": len(row["call_ids"]),
        "runs": len(row["runs"]),
        "seq": row["seq"],
        "folded": row,
        "determinant_vi": title.get("vi"),
        "determinant_en": title.get("en"),
        "outcome": row["outcome"],
    }


def _run(row: Row, after: After) -> Row:
    told = row["milestones"]
    incident = after.row("incidents", row["incident_id"])
    first_call_at = None if incident is None else _first_call_at(incident, after)
    opened_at = None if incident is None else incident["opened_at"]
    return {
        "id": row["id"],
        "incident_id": row["incident_id"],
        "incident_number": row["incident_number"],
        "callsign": row["callsign"],
        "unit_id": row["unit_id"],
        "hospital_id": row["hospital_id"],
        "bed_kind": row["bed_kind"],
        "decision_id": row["decision_id"],
        "overridden": row["override_reason"] is not None,
        "eta_s": row["eta_s"],
        "status": row["status"],
        **{f"{milestone}_at": told.get(milestone) for milestone in MILESTONES},
        "corrections": len(row["corrections"]),
        "waiting_s": between(opened_at, told.get("assigned")),
        "response_s": between(first_call_at, told.get("on_scene")),
        "seq": row["seq"],
        "folded": row,
    }


def _kpi(row: Row, after: After) -> Row:
    incident = after.row("incidents", row["incident_id"])
    return {
        "run_id": row["id"],
        "incident_id": row["incident_id"],
        "callsign": row["callsign"],
        "priority": None if incident is None else incident["priority"],
        "hospital_id": row["hospital_id"],
        "assigned_at": row["milestones"].get("assigned"),
        **intervals(row["milestones"], None if incident is None else _first_call_at(incident, after)),
    }


def _run_places(row: Row) -> Row:
    start, last = row["start"], row["last"]
    return {
        "run_id": row["id"],
        "callsign": row["callsign"],
        "start_position": point(start),
        "start_at": start and start["at"],
        "last_position": point(last),
        "last_at": last and last["at"],
        "seq": row["seq"],
        "folded": row,
    }


def _positions(places: Iterable[Row]) -> list[Row]:
    """The newest place of each unit that these runs tell of."""
    newest: dict[str, Row] = {}
    for row in places:
        for source, place in (("decision", row["start"]), ("milestone", row["last"])):
            if row["callsign"] is None or place is None or place["at"] is None:
                continue
            known = newest.get(row["callsign"])
            if known is None or known["at"] < place["at"]:
                newest[row["callsign"]] = {
                    "callsign": row["callsign"],
                    "position": point(place),
                    "at": place["at"],
                    "source": source,
                }
    return [newest[callsign] for callsign in sorted(newest)]  # see `positions` for why in order


def _hospital(row: Row) -> Row:
    diversion = row["diversion"] or {"since": None, "until": None, "services": []}
    arrived = sum(entry["arrived"] for entry in row["inbound"])
    return {
        "id": row["id"],
        "code": row["code"],
        "name": row["name"],
        "name_en": row["name_en"],
        "position": point(row["position"]),
        "specialities": row["specialities"],
        "diverted": row["diversion"] is not None,
        "diverted_since": diversion["since"],
        "diverted_until": diversion["until"],
        "diverted_services": diversion["services"],
        "inbound": len(row["inbound"]) - arrived,
        "arrived": arrived,
        "seq": row["seq"],
        "folded": row,
    }


def _beds(row: Row, before: MemoryViews) -> list[Row]:
    """The kinds whose count changed."""
    standing = (before.row("hospitals", row["id"]) or {"beds": {}})["beds"]
    return [
        {"hospital_id": row["id"], "kind": kind, **count}
        for kind, count in row["beds"].items()
        if standing.get(kind) is not count and standing.get(kind) != count
    ]


def _closure(row: Row) -> Row:
    return {
        **row,
        "stretch": stretch(row["stretch"]),
        "width_m": row["stretch"]["width_m"],
        "folded": row,
    }
