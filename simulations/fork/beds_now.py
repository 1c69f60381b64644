"""Beds as they stand at this moment: who takes whom, how many are free, and who is on the way there.

What the live rule adds to the drive stays as it is now, but for beds that get scarce and crowds that grow:
those are reckoned as the futures go on. Nobody who was brought leaves within the hours, and a diversion
lasts as long as they do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from dispatch.policies import destination
from dispatch.policies.destination_rules import DestinationRules
from dispatch.policies.hospital_now import HospitalNow
from dispatch.policies.hospital_objections import diverts, lacks, lacks_beds
from domain.city import City
from domain.values import Needs, Travel
from routing.arrays import Float64s, Int32s
from simulations.fork.now import Now
from simulations.lean.columns import Bools
from simulations.lean.plan import Beds
from simulations.lean.plan_of import ranked

PLENTY = 1_000_000
NO_BED = ""
"""The kind of those who need no bed, or find nobody who has one: there is always room."""
CHANGING = frozenset({"travel", "scarce", "queue"})


@dataclass(frozen=True, slots=True, eq=False)
class BedsNow:
    """free : int32[hospitals, kinds]; inbound, waiting : int32[hospitals]"""

    beds: Beds
    free: Int32s
    inbound: Int32s
    waiting: Int32s


def beds_now(
    now: Now, city: City, rules: DestinationRules, needs: Sequence[Needs], here: datetime
) -> BedsNow:
    """Hospitals in the city's order; here : this moment by the clock on their walls. How long anybody stays
    is for each future to say."""
    seen = {each.hospital_id: each for each in now.hospitals}
    hospitals = [seen.get(each.id) for each in city.hospitals]
    kinds = [*sorted({kind for each in now.hospitals for kind in each.beds}), NO_BED]
    able = np.zeros((len(needs), len(hospitals)), np.bool_)
    kept_s = np.zeros(able.shape)
    kind = np.empty(len(needs), np.int32)
    for column, need in enumerate(needs):
        wanted = _taking(need, city, rules, hospitals, here, able[column], kept_s[column])
        kind[column] = kinds.index(wanted)
    beds = Beds(
        asked=True,
        held=True,
        able=able,
        kind=kind,
        staffed=_counted(hospitals, kinds, "staffed"),
        by_name=ranked([each.id for each in city.hospitals]),
        age_s=kept_s,
        scarce_beds=rules.scarce_beds,
        scarce_s=float(rules.scarce_s),
        waiting_s=float(rules.waiting_s),
        inbound_s=float(rules.inbound_s),
        stay_s=np.zeros(0),
        door=np.ones(len(hospitals)),
    )
    return BedsNow(
        beds,
        _counted(hospitals, kinds, "free"),
        np.array([0 if each is None else each.inbound for each in hospitals], np.int32),
        np.array([0 if each is None else each.waiting for each in hospitals], np.int32),
    )


def _taking(
    need: Needs,
    city: City,
    rules: DestinationRules,
    hospitals: Sequence[HospitalNow | None],
    here: datetime,
    able: Bools,
    kept_s: Float64s,
) -> str:
    """Fill in who takes somebody in, and what the rule adds; returns the kind of bed that is counted.

    Those whom the live rule asks now, and those who lack nothing but a free bed. Where it had to ask for less
    than was needed, whoever it asked.
    """
    order = {each.id: number for number, each in enumerate(city.hospitals)}
    asked, _ = destination.sift([each for each in hospitals if each], need, here, city.centre)
    wanted = need.bed_kind or NO_BED
    if any(lacks(each, need, here) or lacks_beds(each, need) for each in asked):
        wanted = NO_BED
    elif not any(diverts(each, need, here) for each in asked):
        full = [each for each in hospitals if each is not None and each not in asked]
        asked = asked + [
            each
            for each in full
            if not lacks(each, need, here) and not lacks_beds(each, need) and not diverts(each, need, here)
        ]
    ways = [Travel(0.0, 0.0)] * len(asked)
    for row in destination.rank(asked, ways, (), need, rules, here).hospitals:
        number = order[row.hospital_id]
        able[number] = True
        kept_s[number] = sum(seconds for name, seconds in row.parts.items() if name not in CHANGING)
    return wanted


def _counted(hospitals: Sequence[HospitalNow | None], kinds: Sequence[str], what: str) -> Int32s:
    found = np.zeros((len(hospitals), len(kinds)), np.int32)
    found[:, kinds.index(NO_BED)] = PLENTY
    for number, each in enumerate(hospitals):
        for kind, beds in each.beds.items() if each is not None else ():
            found[number, kinds.index(kind)] = getattr(beds, what)
    return found
