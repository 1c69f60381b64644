"""The hospitals of a simulated city, as the desk sees them."""

from dispatch.policies.hospital_now import BedsNow, HospitalNow
from domain.city import City


def ordinary_day(city: City) -> list[HospitalNow]:
    """Each with the beds of an ordinary day, and turning nobody away."""
    return [
        HospitalNow(
            hospital_id=each.id,
            name=each.name,
            position=each.position,
            specialities=each.specialities,
            beds={str(kind): BedsNow(beds.staffed, None, beds.staffed) for kind, beds in each.beds.items()},
            diverting_until=None,
            diverted_services=(),
        )
        for each in city.hospitals
    ]
