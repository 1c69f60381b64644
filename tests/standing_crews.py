"""Crews at street corners of the letter town, and nobody else on duty."""

from datetime import timedelta

from domain.values import Position
from tests.desk_work import DeskWork, now, point
from tests.server import ok
from tests.small_city import where
from tests.waiting import wait_for


def stand(desk: DeskWork, **corners: str) -> None:
    """stand(desk, C1="A", T2="w"): these begin a shift at these corners, free; all others are off duty."""
    for row in ok(desk.client.get("/units")):
        sign(desk, row, "off_duty")
        if row["callsign"] in corners:
            sign(desk, {**row, "duty": "off_duty"}, "on_duty")
    for callsign, corner in corners.items():
        put(desk, callsign, where(corner))
    wait_for(lambda: desk.client.get("/coverage/cells").status_code == 200)


def sign(desk: DeskWork, row: dict, duty: str) -> None:
    if row["duty"] != duty:
        ok(desk.client.post(f"/units/{row['callsign']}/duty", json={"status": duty}))


def put(desk: DeskWork, callsign: str, place: Position) -> None:
    """Tell it twice: one report from so far away would be doubted."""
    moment = now()
    reports = [
        {"callsign": callsign, "at": (moment - timedelta(milliseconds=ago)).isoformat(), **point(place)}
        for ago in (1, 0)
    ]
    ok(desk.client.post("/pings", json=reports), 202)


def cells(desk: DeskWork, **asked: object) -> dict:
    """The coverage by cells."""
    return ok(desk.client.get("/coverage/cells", params=asked))
