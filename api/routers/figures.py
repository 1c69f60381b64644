"""What the service has done in a period: intervals, norms, outcomes and unit hours. No personal word."""

import csv
from io import StringIO
from typing import Annotated, Any, Literal

from fastapi import Depends, Query, Response
from pydantic import AwareDatetime

from api.accounts.guard import allow
from api.accounts.roles import Account, Role
from api.answering import as_json
from api.dependencies import TheCentre
from api.figures_asked import counting, figure_city
from api.hand import now
from api.room import Room
from api.schema.figures import Figures, UnitFigures, UnitsCounted
from projections.figures.figures import By, figures
from projections.figures.hours import unit_hours
from projections.figures.records import instant

router = Room(prefix="/figures", tags=["figures"])

WhoCounts = Annotated[Account, Depends(allow(Role.PLANNER, Role.SUPERVISOR, Role.DISPATCHER, Role.ADMIN))]
From = Annotated[
    str | None,
    Query(
        alias="from",
        max_length=40,
        description="A time with its zone, or a date: the beginning of that shift day. Without, of today's.",
        examples=["2026-11-20"],
    ),
]
To = Annotated[str | None, Query(max_length=40, description="As `from`, not included. Without, now.")]
At = Annotated[AwareDatetime | None, Query(description="Count only what had been heard by then.")]
Times = Annotated[
    Literal["corrected", "reported"],
    Query(description="Times as corrected later, or as the crews first reported them."),
]


@router.get("", response_model=Figures, responses={200: {"content": {"text/csv": {}}}})
def of_period(
    _: WhoCounts,
    centre: TheCentre,
    start: From = None,
    to: To = None,
    by: By = "priority",
    at: At = None,
    times: Times = "corrected",
    format: Literal["json", "csv"] = "json",
) -> Response:
    """Each interval of an emergency with its percentiles, by nearest rank in whole seconds, and what is left
    uncounted; the norms; what came of it; unit hours. An incident belongs to the period in which the first of
    its calls rang. `docs/figures.md` defines each figure to the second."""
    here = figure_city(centre)
    period = here.period(start, to, now())
    with counting(centre, period, at) as turn:
        began, ended = instant(period.start), instant(period.end)
        told = figures(
            turn.book.material(began, ended),
            began,
            ended,
            by,
            here.yardstick(),
            as_reported=times == "reported",
            until=instant(min(at or turn.moment, turn.moment)),
            check=turn.check,
        )
        answer = Figures.model_validate(
            {
                "from": period.start,
                "to": period.end,
                "by": by,
                "times": times,
                "as_known_at": at,
                "seq": turn.book.position,
                "complete": turn.complete,
                "day_begins": centre.desk.rules.figures.day_begins,
                **told,
            }
        )
    if format == "csv":
        name = f"figures-{period.start:%Y%m%d}-{period.end:%Y%m%d}-{by}.csv"
        return _csv(name, by, told)
    return as_json(answer.model_dump_json(by_alias=True).encode())


@router.get("/units")
def of_units(
    _: WhoCounts, centre: TheCentre, start: From = None, to: To = None, at: At = None
) -> UnitsCounted:
    """Unit hours one by one: staffed, on runs, and what that is in shares."""
    here = figure_city(centre)
    period = here.period(start, to, now())
    with counting(centre, period, at) as turn:
        began, ended = instant(period.start), instant(min(period.end, at or turn.moment, turn.moment))
        material = turn.book.material(began, max(began, ended))
        rows = []
        for each in unit_hours(material, began, max(began, ended)).values():
            unit = material.units.get(each.callsign)
            rows.append(
                UnitFigures(
                    **each._asdict(),
                    station_id=None if unit is None else unit.station_id,
                    kind=None if unit is None else unit.kind,
                    utilisation=round(each.busy_s / each.staffed_s, 4) if each.staffed_s else None,
                )
            )
        return UnitsCounted.model_validate(
            {
                "from": period.start,
                "to": period.end,
                "seq": turn.book.position,
                "complete": turn.complete,
                "units": rows,
            }
        )


COLUMNS = ("n", "p50_s", "p90_s", "mean_s", "longest_s")


def _csv(name: str, by: str, told: dict[str, Any]) -> Response:
    """A line for each interval, norm and outcome of each group."""
    page = StringIO()
    lines = csv.writer(page)
    lines.writerow([by, "kind", "name", *COLUMNS, "censored", "within_s", "late", "late_share", "kept"])
    for group in ({"key": "total", **told["total"]}, *told["groups"]):
        for interval, row in group["intervals"].items():
            figures_of = [row[column] for column in COLUMNS]
            censored = sum(row["censored"].values())
            lines.writerow([group["key"], "interval", interval, *figures_of, censored, "", "", "", ""])
        for norm in group["norms"]:
            judged = [norm["within_s"], norm["late"], norm["late_share"], norm["kept"]]
            lines.writerow(
                [group["key"], "norm", norm["name"], norm["n"], "", "", norm["mean_s"], "", "", *judged]
            )
        for outcome, count in group["outcomes"].items():
            lines.writerow([group["key"], "outcome", outcome, count, *[""] * 9])
    return Response(
        "\ufeff" + page.getvalue(),  # so that spreadsheets read Vietnamese as it is written
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
