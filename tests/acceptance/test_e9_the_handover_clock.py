"""E9: "Handover clock, offload delay by hospital, live queue": arrival->transfer times,
percentiles per ED."""

from datetime import timedelta

from tests.desk_work import now
from tests.server import ok, refused
from tests.small_city import callsigns
from tests.ward_work import ED, WardWork

MINUTES = (4, 8, 10, 12, 15, 18, 25, 31, 40, 55)
VANS = [name for name in callsigns() if not name.startswith("M")]


def test_handovers_are_counted_by_nearest_rank_and_the_queue_stands_beside_them(own_server):
    with own_server.client() as client:
        desk = WardWork(client)
        start = now() - timedelta(hours=3)
        for unit, minutes in zip(VANS, MINUTES, strict=False):
            run = desk.send(desk.incident(), unit, hospital_id="bac", bed_kind=ED)
            path = f"/runs/{run['run_id']}"
            course = ("en_route", "on_scene", "transporting", "at_hospital", "handed_over", "clear")
            for milestone in course:
                ok(client.post(f"{path}/milestones", json={"milestone": milestone, "at": now().isoformat()}))
            arrived = start + timedelta(minutes=5)
            times = {"assigned": start, "en_route": start, "on_scene": start, "transporting": start}
            times |= {"at_hospital": arrived, "handed_over": arrived + timedelta(minutes=minutes)}
            for milestone, at in times.items():
                body = {"milestone": milestone, "at": at.isoformat(), "reason": "ghi sau"}
                ok(client.post(f"{path}/corrections", json=body), 201)
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
        assert ok(client.get("/hospitals/nam/handovers"))["p50_s"] is None
        refused(client.get("/hospitals/moon/handovers"), 404)
