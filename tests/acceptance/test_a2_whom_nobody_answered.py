"""A2: missed-call panel + call-back; abandoned counted: unanswered ring appears, call-back opens prefilled
form."""

from datetime import timedelta
from uuid import uuid4

from tests.desk_work import now, point
from tests.server import ok, refused
from tests.small_city import where


def missed(desk, phone, minutes_ago=1.0, **facts):
    rang_at = now() - timedelta(minutes=minutes_ago)
    body = {
        "id": str(uuid4()),
        "phone": phone,
        "rang_at": rang_at.isoformat(),
        "ended_at": (rang_at + timedelta(seconds=25)).isoformat(),
        **facts,
    }
    return ok(desk.client.post("/missed-calls", json=body), 201), body


def waiting(desk, phone=None):
    return [row for row in ok(desk.client.get("/callbacks")) if phone in (None, row["phone"])]


def test_who_rang_in_vain_waits_to_be_called_back_once_and_begins_with_what_is_known(desk):
    known = {"caller_name": "Ông Tư", "address": "12 Hàng Xanh", "position": point(where("P"))}
    earlier = desk.call(phone="0918 000 111", at=(now() - timedelta(hours=1)).isoformat(), **known)
    ok(desk.client.post(f"/calls/{earlier['id']}/close", json={"reason": "hỏi thăm"}))
    _, body = missed(desk, "0918 000 111", 6, line="115-2")
    missed(desk, "+84918000111", 3)
    ok(desk.client.post("/missed-calls", json=body), 201)  # said twice it counts once
    (row,) = waiting(desk, "+84918000111")
    assert [miss["line"] for miss in row["misses"]] == ["115-2", None]
    assert row["total"] == 2
    prefill = row["prefill"]
    assert (prefill["caller_name"], prefill["address"]) == ("Ông Tư", "12 Hàng Xanh")

    ok(desk.client.post(f"/callbacks/{row['id']}/done", json={"outcome": "no_answer"}))
    (row,) = waiting(desk, "+84918000111")
    assert row["tries"] == 1
    again = {"phone": prefill["phone"], "address": prefill["address"], "position": prefill["position"]}
    desk.call(**again, caller_name=prefill["caller_name"], complaint="gọi lại: đau bụng")
    assert waiting(desk, "+84918000111") == []
    gone = desk.client.post(f"/callbacks/{row['id']}/done", json={"outcome": "reached"})
    assert "+84918000111" in refused(gone, 409)["detail"]


def test_who_waits_longest_stands_first_and_an_outcome_ends_the_wait(desk):
    missed(desk, "0918 000 222", 4)
    late, _ = missed(desk, "0918 000 333", 9)
    numbers = [row["phone"] for row in waiting(desk)]
    assert numbers.index("+84918000333") < numbers.index("+84918000222")
    ok(desk.client.post(f"/callbacks/{late['id']}/done", json={"outcome": "unreachable"}))
    assert waiting(desk, "+84918000333") == []
    refused(desk.client.post(f"/callbacks/{late['id']}/done", json={"outcome": "maybe"}), 422)
    refused(desk.client.post(f"/callbacks/{uuid4()}/done", json={"outcome": "reached"}), 404)


def test_a_miss_told_after_the_number_was_answered_counts_and_waits_for_nobody(desk):
    desk.call(phone="0918 000 444")
    missed(desk, "0918 000 444", 5)
    assert waiting(desk, "+84918000444") == []
    snapshot = ok(desk.client.get("/snapshot"))["callbacks"]
    assert next(row["total"] for row in snapshot if row["phone"] == "+84918000444") == 1


def test_a_call_that_ended_before_it_rang_is_refused(desk):
    body = {"id": str(uuid4()), "phone": "0918 000 555"}
    times = {"rang_at": now().isoformat(), "ended_at": (now() - timedelta(minutes=1)).isoformat()}
    refused(desk.client.post("/missed-calls", json={**body, **times}), 422)
