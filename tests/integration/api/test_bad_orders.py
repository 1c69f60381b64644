"""Bad input: a clear sentence in the reader's language, and nothing changed."""

import json
from uuid import uuid4

import pytest

from tests.desk_work import a_call, a_run, ago, now, point
from tests.server import ok, refused
from tests.small_city import where

FAR = {"lat": 11.5, "lon": 107.5}
NOBODY = "00000000-0000-4000-8000-000000000000"

REFUSED_CALLS = {
    "outside the map": (
        a_call(position=FAR),
        "11.50000, 107.50000 lies outside the map",
        "11.50000, 107.50000 nằm ngoài bản đồ",
    ),
    "at 0,0": (
        a_call(position={"lat": 0, "lon": 0}),
        "is not a place we can send anyone to",
        "không phải là vị trí hợp lệ",
    ),
    "beyond the pole": (
        a_call(position={"lat": 91, "lon": 10}),
        "is not a place we can send anyone to",
        "không phải là vị trí hợp lệ",
    ),
    "a phone of letters": (
        a_call(phone="không biết"),
        "'không biết' is not a telephone number",
        "'không biết' không phải là số điện thoại",
    ),
    "no words": (
        a_call(complaint="  "),
        "complaint must hold between 1 and 2000 characters",
        "Lý do gọi phải có từ 1 đến 2000 ký tự",
    ),
    "words in place of a number": (
        a_call(position={"lat": "north", "lon": 106.65}),
        "position.lat: a number is wanted",
        "position.lat: cần một số",
    ),
    "a number in quotes": (
        a_call(position={"lat": "10.75", "lon": 106.65}),
        "position.lat: a number is wanted",
        "position.lat: cần một số",
    ),
    "true for a number": (
        a_call(position={"lat": True, "lon": 106.65}),
        "position.lat: a number is wanted",
        "position.lat: cần một số",
    ),
    "half a position": (
        a_call(position={"lat": 10.75}),
        "position.lon: is missing",
        "position.lon: còn thiếu",
    ),
    "no phone": ({"complaint": "đau ngực"}, "phone: is missing", "phone: còn thiếu"),
    "a phone of a thousand digits": (
        a_call(phone="1" * 1000),
        "phone: at most 200 characters",
        "phone: nhiều nhất 200 ký tự",
    ),
    "an id that is none": (a_call(id="first"), "id: is not a UUID", "id: không phải là UUID"),
    "a time without zone": (
        a_call(at="2026-01-01T10:00:00"),
        "at: a time with its zone is wanted",
        "at: cần thời điểm kèm múi giờ",
    ),
    "a time that has not come": (
        a_call(at="2199-01-01T00:00:00+07:00"),
        "00:00:00 01/01/2199 has not come yet",
        "00:00:00 01/01/2199 chưa đến",
    ),
    "a time of years ago": (
        a_call(at="2019-01-01T00:00:00+07:00"),
        "is more than 24 hours ago",
        "đã quá 24 giờ",
    ),
    "a time before telephones": (
        a_call(at="0001-01-01T00:00:00+14:00"),
        "at: is before the year 2000",
        "at: trước năm 2000",
    ),
    "a time at the end of the calendar": (
        a_call(at="9999-12-31T23:59:59-14:00"),
        "at: is after the year 2200",
        "at: sau năm 2200",
    ),
    "a list for an object": ([], "body: an object is wanted", "body: cần một đối tượng"),
}


@pytest.mark.parametrize("case", REFUSED_CALLS)
def test_a_bad_call_is_refused_with_a_sentence_in_both_languages(case, server, nothing_stored):
    body, english, vietnamese = REFUSED_CALLS[case]
    for language, sentence in (("en", english), ("vi-VN,vi;q=0.9,en;q=0.5", vietnamese)):
        with server.client(language=language) as client:
            told = refused(client.post("/calls", json=body), 422)
        assert sentence in told["detail"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "1" * 5000])
def test_a_number_that_is_none_is_refused(number, shared_client, nothing_stored):
    text = json.dumps(a_call(position={"lat": "HERE", "lon": 106.65})).replace('"HERE"', number)
    answer = shared_client.post("/calls", content=text, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422), answer.text


def test_a_call_without_a_position_is_taken_all_the_same(desk):
    body = a_call(phone="0999 111 222")  # nobody rang from there before
    del body["position"]
    taken = ok(desk.client.post("/calls", json=body), 201)
    assert taken["nearby"] == []
    assert desk.row("calls", taken["id"])["position"] is None


MALFORMED = {
    "cut off": b'{"phone": "115", ',
    "nothing": b"",
    "not UTF-8": b'{"phone": "\xff\xfe"}',
    "nested too deep": b"[" * 200_000,
    "half a letter": b'{"phone": "115", "complaint": "\\ud800"}',
}


@pytest.mark.parametrize("case", MALFORMED)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_malformed_json_gets_a_sentence(case, language, server, nothing_stored):
    with server.client(language=language) as client:
        told = client.post("/calls", content=MALFORMED[case], headers={"Content-Type": "application/json"})
    assert told.status_code in (400, 422)
    lead = {"en": "Not understood", "vi": "Không hiểu"}[language]
    assert told.json()["detail"].startswith(lead)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "image/png", ""])
def test_a_body_that_is_not_called_json_is_refused(kind, shared_client, nothing_stored):
    content = json.dumps(a_call()).encode()
    headers = {"Content-Type": kind}
    refused(shared_client.post("/calls", content=content, headers=headers), 422)


@pytest.mark.parametrize("told_before", [True, False])
def test_three_megabytes_are_too_much(told_before, shared_client, nothing_stored):
    body = json.dumps(a_call(complaint="a" * 3_000_000)).encode()

    def pieces():
        for start in range(0, len(body), 65_536):
            yield body[start : start + 65_536]

    headers = {"Content-Type": "application/json"}
    answer = shared_client.post("/calls", content=body if told_before else pieces(), headers=headers)
    assert "at most 2 MB" in refused(answer, 413)["detail"]


BAD_BEDS = {
    "below zero": ({"staffed": 5, "occupied": -1}, "none may be below zero"),
    "more patients than beds": ({"staffed": 5, "occupied": 6}, "no more than staffed"),
    "more blocked than beds": ({"staffed": 5, "occupied": 3, "blocked": 3}, "no more than staffed"),
    "half a bed": ({"staffed": 5.5, "occupied": 1}, "a whole number is wanted"),
    "a count in quotes": ({"staffed": "5", "occupied": 1}, "a whole number is wanted"),
    "one half only": ({"staffed": 5}, "occupied: is missing"),
    "more beds than there are people": ({"staffed": 10**30, "occupied": 0}, "at most 99999"),
}


@pytest.mark.parametrize("case", BAD_BEDS)
def test_a_bad_bed_count_changes_no_bed(case, shared_client, nothing_stored):
    count, sentence = BAD_BEDS[case]
    beds = {"EmergencyDepartment": {"staffed": 10, "occupied": 1}, "AdultICU": count}
    told = refused(shared_client.put("/hospitals/bac/beds", json={"beds": beds}), 422)
    assert sentence in told["detail"]


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        ({"beds": {"Bunk": {"staffed": 1, "occupied": 0}}}, 422, "keeps no beds of the kind 'Bunk'"),
        ({"beds": {}}, 422, "beds"),
        (
            {"at": "2199-01-01T00:00:00Z", "beds": {"AdultICU": {"staffed": 4, "occupied": 0}}},
            422,
            "not come",
        ),
    ],
)
def test_a_bed_report_about_nothing_is_refused(body, status, sentence, shared_client, nothing_stored):
    assert sentence in refused(shared_client.put("/hospitals/bac/beds", json=body), status)["detail"]


def test_a_count_older_than_the_known_one_comes_too_late(shared_client, server):
    beds = {"AdultICU": {"staffed": 4, "occupied": 1}}
    ok(shared_client.put("/hospitals/nam/beds", json={"beds": beds}))
    before = server.position()
    told = refused(shared_client.put("/hospitals/nam/beds", json={"at": ago(60), "beds": beds}), 409)
    assert "a newer count" in told["detail"]
    assert server.told_since(before) == []


def test_a_milestone_of_the_future_or_before_the_last_one_is_refused(desk, server):
    run = desk.send(desk.incident(), "T1")
    path = f"/runs/{run['run_id']}/milestones"
    before = server.position()
    ahead = {"milestone": "accepted", "at": "2199-01-01T00:00:00+00:00"}
    assert "has not come yet" in refused(desk.client.post(path, json=ahead), 422)["detail"]
    behind = {"milestone": "accepted", "at": ago(600)}
    assert "would come before assigned" in refused(desk.client.post(path, json=behind), 422)["detail"]
    unknown = {"milestone": "arrived", "at": now().isoformat()}
    assert "'arrived' is no milestone" in refused(desk.client.post(path, json=unknown), 422)["detail"]
    assert server.told_since(before) == []


def test_a_crew_cannot_jump_from_the_station_into_the_hospital(desk, server):
    run = desk.send(desk.incident(), "T1")
    before = server.position()
    body = {"milestone": "at_hospital", "at": now().isoformat()}
    told = refused(desk.client.post(f"/runs/{run['run_id']}/milestones", json=body), 409)
    assert told["detail"].startswith("T1 is assigned; from there it cannot be at_hospital")
    assert told["allowed"] == "accepted, declined, en_route, stood_down"
    assert server.told_since(before) == []


def test_a_milestone_said_twice_is_answered_and_stored_once(desk):
    run = desk.send(desk.incident(), "T1")
    body = {"milestone": "accepted", "at": now().isoformat()}
    first = ok(desk.client.post(f"/runs/{run['run_id']}/milestones", json=body))
    again = ok(desk.client.post(f"/runs/{run['run_id']}/milestones", json=body))
    assert (again["milestone"], again["next"]) == (first["milestone"], first["next"])
    assert again["repeated"]


UNKNOWN = [
    ("GET", f"/incidents/{NOBODY}", None, "There is no incident"),
    ("GET", f"/incidents/{NOBODY}/timeline", None, "There is no incident"),
    ("GET", f"/incidents/{NOBODY}/recommendation", None, "There is no incident"),
    ("PUT", f"/incidents/{NOBODY}/priority", {"priority": "P1"}, "There is no incident"),
    ("POST", f"/incidents/{NOBODY}/notes", {"text": "x"}, "There is no incident"),
    ("POST", f"/incidents/{NOBODY}/close", {"reason": "x"}, "There is no incident"),
    ("POST", f"/incidents/{NOBODY}/runs", a_run("C1"), "There is no incident"),
    ("PUT", f"/calls/{NOBODY}/position", {"position": point(where("T"))}, "There is no call"),
    ("PUT", f"/calls/{NOBODY}/triage", {"protocol": "general", "answers": {}}, "There is no call"),
    ("POST", f"/calls/{NOBODY}/close", {"reason": "x"}, "There is no call"),
    ("POST", f"/calls/{NOBODY}/join", {"incident_id": NOBODY}, "There is no call"),
    (
        "POST",
        "/incidents",
        {"call_id": NOBODY, "position": point(where("T")), "priority": "P1"},
        "There is no call",
    ),
    ("POST", f"/runs/{NOBODY}/milestones", {"milestone": "accepted"}, "There is no run"),
    ("PUT", f"/runs/{NOBODY}/destination", {"hospital_id": "bac"}, "There is no run"),
    (
        "POST",
        f"/runs/{NOBODY}/corrections",
        {"milestone": "accepted", "at": "2026-01-01T00:00:00Z", "reason": "x"},
        "There is no run",
    ),
    ("POST", "/units/C99/duty", {"status": "on_duty"}, "There is no unit C99"),
    (
        "PUT",
        "/hospitals/moon/beds",
        {"beds": {"AdultICU": {"staffed": 1, "occupied": 0}}},
        "There is no hospital moon",
    ),
    ("DELETE", "/hospitals/moon/diversion", None, "There is no hospital moon"),
    ("GET", "/nowhere", None, "Nothing is known under this address"),
]


@pytest.mark.parametrize(
    ("method", "path", "body", "sentence"), UNKNOWN, ids=[f"{m} {p}" for m, p, *_ in UNKNOWN]
)
def test_what_nobody_knows_is_404(method, path, body, sentence, shared_client, nothing_stored):
    assert sentence in refused(shared_client.request(method, path, json=body), 404)["detail"]


def test_a_unit_that_never_was_cannot_be_sent(desk, server):
    incident = desk.incident()
    before = server.position()
    for unit in ("C99", str(uuid4()), incident["id"], "", "c1; drop table"):
        told = refused(desk.client.post(f"/incidents/{incident['id']}/runs", json=a_run(unit)), 404)
        assert told["detail"].startswith("There is no unit")
    assert server.told_since(before) == []


def test_a_wrong_method_is_told_so(shared_client, nothing_stored):
    assert "method" in refused(shared_client.delete("/calls"), 405)["detail"].lower()


def test_pings_of_units_nobody_knows_are_named_and_bad_ones_do_not_spoil_the_others(desk, nothing_stored):
    here = point(where("A"))
    moment = now().isoformat()
    batch = [
        {"callsign": "T2", "at": moment, **here},
        {"callsign": "C99", "at": moment, **here},
        {"callsign": "T3", "at": moment, "lat": 0, "lon": 0},
        {"callsign": "T4", "at": "2199-01-01T00:00:00Z", **here},
    ]
    told = ok(desk.client.post("/pings", json=batch), 202)
    assert told["unknown"] == ["C99"]
    assert told["outcomes"]["future"] == 1
    assert told["refused"][0].startswith("2: ")
    assert desk.row("units", "T2")["position"]["lat"] == pytest.approx(here["lat"])
    assert desk.row("units", "T3")["position"] is None


def test_the_same_id_for_two_different_orders_is_refused(desk, server):
    first = desk.call()
    before = server.position()
    told = refused(desk.client.post("/calls", json=a_call(id=first["id"], complaint="khó thở")), 422)
    assert "already stands for another order" in told["detail"]
    key = {"Idempotency-Key": str(uuid4())}
    ok(desk.client.post("/units/T5/duty", json={"status": "off_duty"}, headers=key))
    after = server.position()
    refused(desk.client.post("/units/T5/duty", json={"status": "on_duty"}, headers=key), 422)
    assert after > before
    assert server.told_since(after) == []
    ok(desk.client.post("/units/T5/duty", json={"status": "on_duty"}))


EDGES = [
    "9999-12-31T23:59:59-14:00",
    "9999-12-31T23:59:59+14:00",
    "0001-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00-14:00",
]
SPOT = {"points": [[10.75, 106.65]]}
WITH_A_TIME = {
    "a call": ("POST", "/calls", lambda at: a_call(at=at)),
    "a milestone": ("POST", f"/runs/{NOBODY}/milestones", lambda at: {"milestone": "accepted", "at": at}),
    "a correction": (
        "POST",
        f"/runs/{NOBODY}/corrections",
        lambda at: {"milestone": "accepted", "at": at, "reason": "x"},
    ),
    "a duty": ("POST", "/units/C1/duty", lambda at: {"status": "on_duty", "at": at}),
    "beds": (
        "PUT",
        "/hospitals/bac/beds",
        lambda at: {"at": at, "beds": {"AdultICU": {"staffed": 4, "occupied": 0}}},
    ),
    "a diversion": ("PUT", "/hospitals/bac/diversion", lambda at: {"reason": "full", "until": at}),
    "pings": ("POST", "/pings", lambda at: [{"callsign": "M2", "at": at, **point(where("T"))}]),
    "all traffic": ("PUT", "/traffic", lambda at: {"closures": [{"stretch": SPOT, "until": at}]}),
    "a closure": ("POST", "/traffic/closures", lambda at: {"stretch": SPOT, "until": at}),
    "a slowing": ("POST", "/traffic/slowings", lambda at: {"stretch": SPOT, "share": 0.5, "until": at}),
    "a speed": (
        "POST",
        "/traffic/speeds",
        lambda at: {"speeds": [{"stretch": SPOT, "kmh": 9, "measured_at": at}]},
    ),
    "the past of the roads": ("GET", "/traffic", lambda at: at),
}


@pytest.mark.parametrize("at", EDGES)
@pytest.mark.parametrize("name", WITH_A_TIME)
def test_a_time_at_the_edge_of_the_calendar_is_refused_wherever_a_time_is_said(
    name, at, shared_client, nothing_stored
):
    method, path, said = WITH_A_TIME[name]
    how = {"params": {"at": at}} if method == "GET" else {"json": said(at)}
    told = refused(shared_client.request(method, path, **how), 422)
    assert ("before" if at.startswith("0001") else "after") in told["detail"]
