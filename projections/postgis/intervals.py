"""How long each part of a run took. Seconds; None while an end of the part is not known.

A part may be below zero where people reported it so: figures that look wrong are seen, not mended.
"""

from collections.abc import Mapping
from datetime import datetime

from projections.rows import Row

Milestones = Mapping[str, str]
"""{milestone: ISO 8601}"""


def between(start: str | None, end: str | None) -> float | None:
    if start is None or end is None:
        return None
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


def intervals(milestones: Milestones, first_call_at: str | None) -> Row:
    """The figures planners go by.

    call_to_dispatch_s     : the first call of the incident rang -> this unit was assigned
    dispatch_to_en_route_s : assigned -> driving (turnout)
    response_s             : the first call rang -> this unit was on scene
    on_scene_s             : on scene -> driving to a hospital, or clear where nobody was taken along
    transport_s            : driving to a hospital -> there
    handover_s             : at the hospital -> the patient is handed over
    """
    told = milestones.get
    on_scene = told("on_scene")
    return {
        "call_to_dispatch_s": between(first_call_at, told("assigned")),
        "dispatch_to_en_route_s": between(told("assigned"), told("en_route")),
        "response_s": between(first_call_at, on_scene),
        "on_scene_s": between(on_scene, told("transporting") or told("clear")),
        "transport_s": between(told("transporting"), told("at_hospital")),
        "handover_s": between(told("at_hospital"), told("handed_over")),
    }
