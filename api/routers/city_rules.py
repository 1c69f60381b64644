"""What a screen must know of the city's rules."""

from api.dependencies import Desk, TheCentre
from api.room import Room
from api.schema.choosing_rows import OverrideCode, OverrideCodes

router = Room(prefix="/rules", tags=["rules"])


@router.get("/override-codes")
def override_codes(_: Desk, centre: TheCentre) -> OverrideCodes:
    """The reasons for sending another than advised, in the order in which the city lists them."""
    rules = centre.desk.rules
    codes = [OverrideCode(code=code, **words) for code, words in rules.override.codes.items()]
    return OverrideCodes(owner=rules.owners.get("override"), codes=codes)
