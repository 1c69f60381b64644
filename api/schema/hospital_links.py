"""Bodies and rows about hospital links."""

from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from api.hospital_links.book import USUAL_DAYS
from api.schema.answers import BedKindRow
from api.schema.orders import Order, Short
from api.schema.rows import BedRow


class NewHospitalLink(Order):
    """label : for whom it is made, such as a ward; days : how long it is good"""

    id: UUID
    hospital_id: Short
    label: Short
    days: Annotated[int, Field(strict=True)] = USUAL_DAYS


class HospitalLinkRow(BaseModel):
    """good : whether it opens anything now"""

    id: str
    hospital_id: str
    label: str
    made_by: str
    made_at: AwareDatetime
    expires_at: AwareDatetime
    used_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    ended_by: str | None
    good: bool


class HospitalLinkMade(HospitalLinkRow):
    """url : with the secret, told this once; picture : the same as a QR code, an SVG as a data address"""

    url: str
    picture: str


class AgeLimits(BaseModel):
    """Seconds after which a count is old, and too old."""

    amber_s: float
    red_s: float


class LinkBoard(BaseModel):
    """All that a link shows: the beds of its own hospital, and what is needed to read them."""

    hospital_id: str
    name: str
    name_en: str
    label: str
    expires_at: AwareDatetime
    now: AwareDatetime
    timezone: str
    emergency_number: str
    demo: bool
    bed_kinds: list[BedKindRow]
    bed_age: AgeLimits
    beds: dict[str, BedRow]
