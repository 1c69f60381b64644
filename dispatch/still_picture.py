"""One look at the fleet and the hospitals: what belongs together is worked out from the same look."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from dispatch.advise import LivePicture
from dispatch.policies.destination import HospitalNow
from dispatch.policies.fleet import UnitNow


@dataclass(frozen=True, slots=True)
class StillPicture:
    """Satisfies `dispatch.advise.LivePicture`, and always tells the same."""

    units: Sequence[UnitNow]
    hospitals: Sequence[HospitalNow] = ()

    @classmethod
    def of(cls, picture: LivePicture) -> Self:
        return cls(picture.units_now(), picture.hospitals_now())

    def units_now(self) -> Sequence[UnitNow]:
        return self.units

    def hospitals_now(self) -> Sequence[HospitalNow]:
        return self.hospitals
