"""E4: "Soft bed reservation from dispatch with TTL, decremented for inbound": two ambulances cannot be
promised the last ICU bed."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.desk_work import a_run
from tests.server import ok, refused
from tests.ward_work import ED, ICU, WardWork, soon


def test_two_dispatchers_want_the_last_intensive_bed_at_once_and_one_gets_it(ward_server, ward_desk):
    with ward_server.client("dispatcher") as one, ward_server.client("supervisor") as other:
        for turn in range(6):
            ward_desk.count("dong", {ICU: {"staffed": 4, "occupied": 3}})
            incidents = [ward_desk.incident(), ward_desk.incident()]
            barrier = Barrier(2)

            def send(place, client, incidents=incidents, barrier=barrier, turn=turn):
                body = a_run(f"C{1 + place + 2 * (turn % 3)}", hospital_id="dong", bed_kind=ICU)
                barrier.wait()
                return client.post(f"/incidents/{incidents[place]['id']}/runs", json=body)

            with ThreadPoolExecutor(2) as pool:
                answers = list(pool.map(send, (0, 1), (one, other)))
            assert sorted(answer.status_code for answer in answers) == [201, 409]
            won = next(answer.json() for answer in answers if answer.status_code == 201)
            lost = next(answer for answer in answers if answer.status_code == 409)
            assert refused(lost, 409)["held_for"] == [won["callsign"]]
            beds = ward_desk.beds("dong", ICU)
            assert (beds["held"], beds["free"]) == (1, 0)
            ward_desk.report(won, "en_route", "on_scene", "transporting", "at_hospital")
            beds = ward_desk.beds("dong", ICU)
            assert (beds["held"], beds["occupied"], beds["free"]) == (0, 4, 0)  # arrival consumed it
            ward_desk.report(won, "handed_over", "clear")


def test_a_promise_nobody_came_for_ends_by_itself_and_is_renewed_by_saying_it_again(quick_server):
    with quick_server.client() as client:
        desk = WardWork(client)
        run = desk.send(desk.incident(priority="P3"), "T6", hospital_id="nam", bed_kind=ED)
        ok(client.post(f"/runs/{run['run_id']}/milestones", json={"milestone": "accepted"}))
        holds = lambda: desk.beds("nam")["held"]  # noqa: E731
        assert holds() == 1
        soon(holds, lambda held: held == 0)
        body = {"hospital_id": "nam", "bed_kind": ED}
        ok(client.put(f"/runs/{run['run_id']}/destination", json=body))
        assert holds() == 1
        desk.clear_the_board()
        assert holds() == 0


def test_a_second_unit_for_the_same_patient_takes_no_second_bed(ward_desk):
    incident = ward_desk.incident()
    first = ward_desk.send(incident, "C1", hospital_id="dong", bed_kind=ICU)
    second = ward_desk.send(incident, "T1", hospital_id="dong", bed_kind=ICU)
    assert ward_desk.beds("dong", ICU)["held"] == 1
    ward_desk.report(first, "stood_down")
    assert ward_desk.beds("dong", ICU)["held"] == 1  # the other goes on under the same promise
    ward_desk.report(second, "en_route", "on_scene", "transporting", "at_hospital")
    beds = ward_desk.beds("dong", ICU)
    assert (beds["held"], beds["occupied"]) == (0, 1)
