"""The hospitals of a simulated city, as the desk sees them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dispatch.policies.hospital_now import BedsNow, HospitalNow
from domain.city import City

Taken = Mapping[str, Mapping[str, int]]
"""By the id of a hospital and the kind of bed, how many other patients lie in: who came on foot, by taxi
or before the simulated time. They are as many all the time: for each who leaves another comes."""
NONE_TAKEN: Final[Taken] = MappingProxyType({})


def ordinary_day(city: City, taken: Taken = NONE_TAKEN) -> list[HospitalNow]:
    """Each with the beds of an ordinary day that nobody else lies in, and turning nobody away."""
    return [
        HospitalNow(
            hospital_id=each.id,
            name=each.name,
            position=each.position,
            specialities=each.specialities,
            beds={
                str(kind): BedsNow(
                    max(0, beds.staffed - taken.get(each.id, {}).get(str(kind), 0)), None, beds.staffed
                )
                for kind, beds in each.beds.items()
            },
            diverting_until=None,
            diverted_services=(),
        )
        for each in city.hospitals
    ]
