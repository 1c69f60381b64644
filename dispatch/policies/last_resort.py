"""Who could take a patient where nobody has what is needed: what is wanted is let go step by step.

An emergency department that calls a team in, or treats and sends on, is better than an ambulance that is told
no address.
"""

from collections.abc import Iterator, Sequence

import msgspec

from dispatch.policies.destination_rows import RankedHospital
from dispatch.policies.destination_words import ALL_FULL, all_closed_in_words, all_lack_in_words
from dispatch.policies.hospital_now import HospitalNow
from dispatch.policies.words import Objection
from domain.values import Needs

ANYBODY = "general"
"""The speciality of a house whose door is open to whoever comes."""


def easier(candidates: Sequence[HospitalNow], needs: Needs) -> Iterator[tuple[list[HospitalNow], Needs]]:
    """Whom to ask next, and for how much: who has the speciality though closed, then who takes everybody.
    A house named after one kind of care comes after those, whether it has the speciality or not."""
    wanted, less = needs.speciality, Needs(needs.capabilities, needs.bed_kind, None)
    if wanted is not None:
        general = [each for each in candidates if ANYBODY in each.specialities]
        yield [each for each in general if wanted in each.specialities], less
        yield general, less
        yield [each for each in candidates if wanted in each.specialities], less
    yield list(candidates), less


def marked_if_full(row: RankedHospital) -> RankedHospital:
    """Whoever is sent there is promised no bed: there is none."""
    if row.bed_kind is None or (row.free is not None and row.free > 0):
        return row
    flags, reasons = [*row.flags, "all_full"], [ALL_FULL, *row.reasons]
    return msgspec.structs.replace(row, bed_kind=None, flags=flags, reasons=reasons)


def marked_if_without(
    row: RankedHospital, lacking: Objection | None, speciality: str | None
) -> RankedHospital:
    """lacking : what the hospital lacks, and was asked all the same"""
    if lacking is None or speciality is None:
        return row
    closed = lacking[0] == "service_closed"
    said = all_closed_in_words(speciality) if closed else all_lack_in_words(speciality)
    flags = [*row.flags, "all_closed" if closed else "all_lack"]
    return msgspec.structs.replace(row, flags=flags, reasons=[said, *row.reasons])
