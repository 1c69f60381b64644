"""Which milestone of a run may follow which, as crews work: steps are skipped, never invented.

With a patient in their hands a crew is not stood down. Whoever refuses, is treated where they lie, or is
found dead ends the run as `clear` with an outcome; a patient aboard is always brought to a hospital.
"""

from domain.values import Milestone

M = Milestone

NEXT: dict[Milestone, tuple[Milestone, ...]] = {
    M.ASSIGNED: (M.ACCEPTED, M.DECLINED, M.EN_ROUTE, M.STOOD_DOWN),
    M.ACCEPTED: (M.EN_ROUTE, M.STOOD_DOWN),
    M.EN_ROUTE: (M.ON_SCENE, M.STOOD_DOWN),
    M.ON_SCENE: (M.PATIENT_CONTACT, M.TRANSPORTING, M.CLEAR, M.STOOD_DOWN),
    M.PATIENT_CONTACT: (M.TRANSPORTING, M.CLEAR),
    M.TRANSPORTING: (M.AT_HOSPITAL,),
    M.AT_HOSPITAL: (M.HANDED_OVER,),
    M.HANDED_OVER: (M.CLEAR,),
    M.DECLINED: (),
    M.STOOD_DOWN: (),
    M.CLEAR: (),
}

OUTCOMES = (
    "treated_on_scene",
    "refused",
    "dead_on_scene",
    "nobody_found",
    "taken_by_others",
)
"""How a run may end that brought nobody to a hospital; said with `clear`."""

ENDS = frozenset({M.DECLINED, M.STOOD_DOWN, M.CLEAR})
"""After one of these the unit is free again."""
