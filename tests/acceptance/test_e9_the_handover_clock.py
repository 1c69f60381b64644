"""E9: "Handover clock, offload delay by hospital, live queue": arrival->transfer times,
percentiles per ED. E5: handover delay counts where a patient is taken to."""

from datetime import datetime, timedelta

from tests.desk_work import now
from tests.server import ok, refused
from tests.small_city import callsigns
from tests.ward_work import ED, WardWork

MINUTES = (4, 8, 10, 12, 15, 18, 25, 31, 40, 55)
VANS = [name for name in callsigns() if not name.startswith("M")]


def handed_over(desk: WardWork, unit: str, hospital_id: str, start: datetime, minutes: int) -> None:
    """A run of the past, told now: there five minutes after its start, handed over so long after that."""
    run = desk.send(desk.incident(), unit, hospital_id=hospital_id, bed_kind=ED)
    path = f"/runs/{run['run_id']}"
    sent = {"milestone": "assigned", "at": start.isoformat(), "reason": "ghi sau"}
    ok(desk.client.post(f"{path}/corrections", json=sent), 201)
    arrived = start + timedelta(minutes=5)
    times = dict.fromkeys(("en_route", "on_scene", "transporting"), start)
    times |= {"at_hospital": arrived, "handed_over": arrived + timedelta(minutes=minutes), "clear": now()}
    for milestone, at in times.items():
        ok(desk.client.post(f"{path}/milestones", json={"milestone": milestone, "at": at.isoformat()}))


def test_handovers_are_counted_by_nearest_rank_and_the_queue_stands_beside_them(own_server):
    with own_server.client() as client:
        desk = WardWork(client)
        start = now() - timedelta(hours=3)
        for unit, minutes in zip(VANS[-3:], (50, 60, 70), strict=True):
            handed_over(desk, unit, "nam", start, minutes)
        for unit, minutes in zip(VANS, MINUTES, strict=False):
            handed_over(desk, unit, "bac", start, minutes)
        waiting = desk.carry(desk.incident(), VANS[len(MINUTES)], "bac")
        desk.report(waiting, "at_hospital")
        told = ok(client.get("/hospitals/bac/handovers"))
        assert told["count"] == 10
        assert (told["p50_s"], told["p90_s"], told["longest_s"]) == (15 * 60, 40 * 60, 55 * 60)
        # More than half an hour is late in this town: 31, 40 and 55 minutes.
        assert (told["late_s"], told["late"], told["delay_s"]) == (1800, 3, (1 + 10 + 25) * 60)
        assert [row["callsign"] for row in told["queue"]] == [waiting["callsign"]]
        middle = {"from": start.isoformat(), "to": (start + timedelta(minutes=20)).isoformat()}
        assert ok(client.get("/hospitals/bac/handovers", params=middle))["count"] == 4
        assert ok(client.get("/hospitals/dong/handovers"))["p50_s"] is None
        refused(client.get("/hospitals/moon/handovers"), 404)

        rows = {row["hospital_id"]: row for row in desk.advice(desk.incident())["hospitals"]}
        # Half of the forty minutes by which an hour is longer than the usual twenty.
        assert rows["nam"]["parts"]["handover"] == 1200
        assert any("60" in each["vi"] and "bàn giao" in each["vi"] for each in rows["nam"]["reasons"])
        assert "handover" not in rows["bac"]["parts"], (
            "half of its crews are away within a quarter of an hour"
        )
