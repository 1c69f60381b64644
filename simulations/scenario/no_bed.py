"""Who is brought to a house where every bed of the kind needed is taken: what a shortage of beds comes to.

Nobody is left in the ambulance for it: the crew hands over as always, and the patient lies where there is
room.
"""

import numpy as np

from simulations.experiment.replicate import Replication
from simulations.lean.columns import Bools
from simulations.lean.plan import Beds


def without_bed(done: Replication, beds: Beds) -> Bools:
    """bool[incidents], of those handed over at a hospital; nobody else."""
    found = np.zeros(len(done.incidents.rang_s), np.bool_)
    came = np.flatnonzero(done.served.hospital >= 0)
    hospital, kind = done.served.hospital[came], beds.kind[done.incidents.need[came]]
    in_s = done.served.clear_s[came] - done.incidents.clear_s[came]
    out_s = in_s + done.stay_s[came]
    free = beds.staffed - beds.taken if beds.taken.size else beds.staffed
    for ward in np.unique(np.stack([hospital, kind]), axis=1).T.tolist():
        its = np.flatnonzero((hospital == ward[0]) & (kind == ward[1]))
        its = its[np.argsort(in_s[its], kind="stable")]
        left = np.searchsorted(np.sort(out_s[its]), in_s[its], side="right")
        found[came[its]] = np.arange(len(its)) - left >= free[ward[0], ward[1]]
    return found
