"""Crews at street corners of the letter town, and nobody else on duty."""

from tests.desk_work import DeskWork
from tests.server import ok
from tests.small_city import where
from tests.waiting import wait_for


def stand(desk: DeskWork, **corners: str) -> None:
    """stand(desk, C1="A", T2="w"): these units are on duty and free at these corners, all others off duty."""
    for row in ok(desk.client.get("/units")):
        wanted = "on_duty" if row["callsign"] in corners else "off_duty"
        if row["duty"] != wanted:
            ok(desk.client.post(f"/units/{row['callsign']}/duty", json={"status": wanted}))
    for callsign, corner in corners.items():
        desk.ping(callsign, where(corner))
    wait_for(lambda: cells_ready(desk))


def cells_ready(desk: DeskWork) -> bool:
    """The cells are drawn beside the desk, a moment after a start."""
    return bool(desk.client.get("/coverage/cells").status_code == 200)


def cells(desk: DeskWork, **asked: object) -> dict:
    return ok(desk.client.get("/coverage/cells", params=asked))
