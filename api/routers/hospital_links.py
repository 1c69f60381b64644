"""Links for small hospitals: made and ended by supervisors; who holds one counts the beds of one hospital."""

from uuid import UUID

import segno
from fastapi import Request, Response

from api import lens
from api.accounts.guard import the_accounts
from api.accounts.origin import comes_from_our_page
from api.dependencies import Supervisor, TheCentre
from api.hand import Hand, IdempotencyKey, now
from api.hospital_links.book import HospitalLink, address
from api.hospital_links.door import ByLink, speaker
from api.room import Room
from api.schema import answers
from api.schema.hospital_links import AgeLimits, HospitalLinkMade, HospitalLinkRow, LinkBoard, NewHospitalLink
from api.schema.orders import BedReport
from api.schema.rows import BedRow
from dispatch.handlers.report_beds import ReportBeds, report_beds
from domain.errors import UnknownHospital
from projections.words import BED_KINDS

router = Room(tags=["hospitals"])


@router.get("/hospital-links")
def all_links(request: Request, _: Supervisor) -> list[HospitalLinkRow]:
    """Every link ever made, the newest first, without its secret."""
    return [_row(link) for link in the_accounts(request).links.all()]


@router.post("/hospital-links", status_code=201)
def make_link(
    request: Request, response: Response, body: NewHospitalLink, account: Supervisor, centre: TheCentre
) -> HospitalLinkMade:
    """A new link; its address is told this once. Sent again before anybody used it, its secret is renewed."""
    if centre.row("hospitals", body.hospital_id) is None:
        raise UnknownHospital(hospital_id=body.hospital_id)
    link, secret = the_accounts(request).links.make(
        body.id, body.hospital_id, body.label, body.days, account.username
    )
    origin = request.headers["origin"] if comes_from_our_page(request) else str(request.base_url).rstrip("/")
    url = address(origin, secret)
    response.headers["Cache-Control"] = "no-store"
    return HospitalLinkMade(**_row(link).model_dump(), url=url, picture=_picture(url))


@router.delete("/hospital-links/{link_id}")
def end_link(request: Request, link_id: UUID, account: Supervisor) -> HospitalLinkRow:
    """It opens nothing from now on. Saying it twice is safe."""
    return _row(the_accounts(request).links.end(str(link_id), account.username))


@router.get("/link/board")
def link_board(response: Response, link: ByLink, centre: TheCentre) -> LinkBoard:
    """The beds of the hospital this link is for, and nothing of any other."""
    limits, row = centre.city.targets.bed_age, _hospital(link, centre)
    response.headers["Cache-Control"] = "no-store"
    return LinkBoard(
        hospital_id=row["id"],
        name=row["name"],
        name_en=row["name_en"],
        label=link.label,
        expires_at=link.expires_at,
        now=now(),
        timezone=centre.city.timezone,
        emergency_number=centre.city.emergency_number,
        demo=centre.demo,
        bed_kinds=[
            answers.BedKindRow(kind=kind, vi=BED_KINDS[kind]["vi"], en=BED_KINDS[kind]["en"])
            for kind in row["beds"]
        ],
        bed_age=AgeLimits(amber_s=limits.amber_s, red_s=limits.red_s),
        # Who else counts there is a user name: nothing for somebody who did not sign in.
        beds={
            kind: BedRow.model_validate({**bed, "reported_by": _known_to(link, bed["reported_by"])})
            for kind, bed in row["beds"].items()
        },
    )


@router.put("/link/beds")
def count_by_link(
    body: BedReport, link: ByLink, centre: TheCentre, key: IdempotencyKey = None
) -> answers.BedsReported:
    """What the hospital counts now, or counted at `at` and could not send. All kinds, or none."""
    act = Hand(speaker(link), key).act(at=body.at)
    command = ReportBeds(act, link.hospital_id, body.counted(), body.seen())
    return answers.BedsReported(**centre.order(command, report_beds))


def _hospital(link: HospitalLink, centre: TheCentre) -> lens.Row:
    rows = [row for row in centre.views.rows("hospitals") if row["id"] == link.hospital_id]
    seen = lens.through(speaker(link), "hospitals", rows)
    if not seen:
        raise UnknownHospital(hospital_id=link.hospital_id)
    return seen[0]


def _known_to(link: HospitalLink, reported_by: str | None) -> str | None:
    return reported_by if reported_by == speaker(link).username else None


def _row(link: HospitalLink) -> HospitalLinkRow:
    return HospitalLinkRow(
        id=link.id,
        hospital_id=link.hospital_id,
        label=link.label,
        made_by=link.made_by,
        made_at=link.made_at,
        expires_at=link.expires_at,
        used_at=link.used_at,
        ended_at=link.ended_at,
        ended_by=link.ended_by,
        good=link.good(now()),
    )


def _picture(url: str) -> str:
    """The address as a QR code, an SVG that a page can show as it is."""
    drawn = segno.make(url, error="m", micro=False)
    return str(drawn.svg_data_uri(scale=6, border=3))
