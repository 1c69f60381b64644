"""C15: Move-up / standby suggestions with reason and fuel/fatigue cost: accepted/declined tracked; no move
for < x % gain."""

from uuid import uuid4

import pytest

from domain.values import Position
from tests.at_the_desk import desk_of
from tests.server import letter_town_ground, ok, refused, running_server
from tests.small_city import where
from tests.standing_crews import cells, put, stand
from tests.tight_city import tight

SHORT_S = 55.0


def proposals(desk):
    return ok(desk.client.get("/move-ups"))


def sent(desk, proposal):
    return ok(desk.client.post(f"/move-ups/{proposal['id']}/accept", json={}))


@pytest.fixture
def crowded(tight_desk):
    """Three vans at the western gate, none elsewhere."""
    stand(tight_desk, C1="A", C2="A", T1="A")
    return tight_desk


@pytest.fixture(scope="module")
def short_desk(tmp_path_factory):
    """The same town, where nobody drives far to wait."""
    folder = tmp_path_factory.mktemp("short")
    ground = tight(letter_town_ground(), folder)
    rules = ground.cities / ground.city / "rules.toml"
    rules.write_text(
        rules.read_text(encoding="utf-8") + f"longest_s = {SHORT_S}\nmost = 1\n", encoding="utf-8"
    )
    with running_server(ground, folder / "data") as server, server.client() as client, desk_of(client) as its:
        yield its


def test_a_move_names_its_gain_its_price_and_why(crowded):
    found = proposals(crowded)
    assert 1 <= len(found) <= 3
    best = found[0]
    assert best["gain"] >= 0.01
    assert best["covered_after"] > best["covered_before"]
    assert best["covered_before"] == pytest.approx(cells(crowded)["share"], abs=0.002)
    assert best["duration_s"] > 0
    assert best["distance_m"] > 0
    assert best["moves"] == 0
    assert best["post_name"] in best["reason"]["vi"]
    assert "ca này đã dời 0 lần" in best["reason"]["vi"]
    assert "0 moves in this shift" in best["reason"]["en"]
    assert len({each["callsign"] for each in found}) == len(found)
    assert [each["id"] for each in proposals(crowded)] == [each["id"] for each in found]


def test_the_street_corners_of_the_city_are_posts_too(crowded):
    found = {each["post_id"] for each in proposals(crowded)}
    assert found <= {"dong-bac", "tay-nam", "dong-nam", "tay-bac", "cho-giua"}
    assert "cho-giua" in found  # from the middle most is reached


def test_an_accepted_move_is_driven_free_and_ranked_from_where_it_drives(crowded):
    best = proposals(crowded)[0]
    answer = sent(crowded, best)
    assert (answer["answer"], answer["callsign"]) == ("accepted", best["callsign"])
    row = crowded.row("units", best["callsign"])
    assert (row["status"], row["post"]["id"], row["moves"]) == ("AV", best["post_id"], 1)
    again = {(each["callsign"], each["post_id"]) for each in proposals(crowded)}
    assert (best["callsign"], best["post_id"]) not in again, "it counts as there"
    put(crowded, best["callsign"], where("T"))  # half-way
    incident = crowded.incident(where("T"))
    advice = ok(crowded.client.get(f"/incidents/{incident['id']}/recommendation"))
    assert advice["units"][0]["callsign"] == best["callsign"]
    crowded.send(incident, best["callsign"], decision_id=advice["decision_id"])
    assert crowded.row("units", best["callsign"])["post"] is None


def test_once_it_waits_there_the_coverage_is_what_was_promised(crowded):
    best = proposals(crowded)[0]
    sent(crowded, best)
    put(crowded, best["callsign"], Position(**best["position"]))
    assert cells(crowded)["share"] == pytest.approx(best["covered_after"], abs=0.002)


def test_a_declined_post_is_not_proposed_again_for_a_while(tight_desk):
    crowded = tight_desk
    stand(crowded, C3="A", C4="A", T2="A")
    best = proposals(crowded)[0]
    path = f"/move-ups/{best['id']}/decline"
    refused(crowded.client.post(path, json={}), 422)  # without a reason
    ok(crowded.client.post(path, json={"reason": "Xe cần đổ xăng"}))
    left = {(each["callsign"], each["post_id"]) for each in proposals(crowded)}
    assert (best["callsign"], best["post_id"]) not in left
    assert crowded.row("units", best["callsign"])["post"] is None
    refused(crowded.client.post(f"/move-ups/{best['id']}/accept", json={}), 409)


def test_a_crew_is_not_moved_more_often_than_the_rules_allow(tight_desk):
    stand(tight_desk, C1="A", C2="A")
    for _ in range(2):
        best = proposals(tight_desk)[0]
        assert best["callsign"] == "C1", "of two alike the first by name"
        sent(tight_desk, best)
        put(tight_desk, "C1", where("A"))  # called away from there, and back
        _elsewhere(tight_desk)
    assert tight_desk.row("units", "C1")["moves"] == 2
    assert "C1" not in {each["callsign"] for each in proposals(tight_desk)}
    stand(tight_desk, C1="A", C2="A")  # the next shift begins
    assert tight_desk.row("units", "C1")["moves"] == 0
    assert "C1" in {each["callsign"] for each in proposals(tight_desk)}


def _elsewhere(desk):
    """C1 is sent out and stood down, and so on the way to no post any more."""
    incident = desk.incident(where("A"), priority="P3")
    desk.report(desk.send(incident, "C1"), "stood_down")


def test_nothing_is_proposed_where_it_would_gain_too_little(tight_desk):
    """From the post two cells more are reached than from Q, one more than from J: 1.2 and 0.6 %."""
    stand(tight_desk, C1="Q")
    (move,) = proposals(tight_desk)
    assert move["gain"] == pytest.approx(0.0122, abs=0.002), "what rang before weighs a little too"
    put(tight_desk, "C1", where("J"))
    assert cells(tight_desk)["share"] < move["covered_after"], "it would gain, and too little for a drive"
    assert proposals(tight_desk) == []
    put(tight_desk, "C1", where("b"))  # at the best post already
    assert proposals(tight_desk) == []


def test_who_may_not_drive_so_far_is_proposed_the_next_best_post(tight_desk, short_desk):
    """The middle of the town is the best place to wait, and a minute away."""
    for desk in (tight_desk, short_desk):
        stand(desk, C1="A", C2="A", T1="A")
    (far, *_), (near,) = proposals(tight_desk), proposals(short_desk)
    assert far["duration_s"] > SHORT_S >= near["duration_s"]
    assert far["gain"] > near["gain"] >= 0.01


def test_what_became_of_the_proposals_is_reported(tight_desk, tight_server):
    crowded = tight_desk
    stand(crowded, C5="A", C6="A", T3="A")
    before = ok(crowded.client.get("/reports/move-ups"))
    first, second = proposals(crowded)[:2]
    sent(crowded, first)
    ok(crowded.client.post(f"/move-ups/{second['id']}/decline", json={"reason": "Mới ăn cơm"}))
    after = ok(crowded.client.get("/reports/move-ups"))
    assert after["accepted"] == before["accepted"] + 1
    assert after["declined"] == before["declined"] + 1
    assert after["reasons"]["Mới ăn cơm"] == 1
    assert 0 < after["accepted_share"] < 1
    assert {first["id"], second["id"]} <= {row["id"] for row in after["rows"]}
    assert (
        ok(crowded.client.get("/reports/move-ups", params={"to": "2020-01-01T00:00:00+07:00"}))["rows"] == []
    )
    with tight_server.client("planner") as planner:
        assert all(row["reason"] is None for row in ok(planner.get("/reports/move-ups"))["rows"])


def test_who_is_busy_by_now_is_not_moved(crowded):
    best = proposals(crowded)[0]
    incident = crowded.incident(where("T"))
    crowded.send(incident, best["callsign"])
    body = refused(crowded.client.post(f"/move-ups/{best['id']}/accept", json={}), 409)
    assert body["type"] == "urn:vigil:UnitBusy"


def test_saying_it_twice_is_safe_and_a_stranger_is_unknown(crowded):
    best = proposals(crowded)[0]
    first = sent(crowded, best)
    again = sent(crowded, best)
    assert again["repeated"]
    assert again["seq"] >= first["seq"]
    assert crowded.row("units", best["callsign"])["moves"] == 1
    refused(crowded.client.post(f"/move-ups/{uuid4()}/accept", json={}), 404)


def test_a_crew_may_decline_for_itself_and_for_nobody_else(tight_server, tight_desk):
    crews = ok(tight_desk.client.get("/units"))
    own = crews[0]["callsign"]  # whom the demo account of a crew speaks for
    stand(tight_desk, **{own: "A"}, T4="A", T5="A")
    with tight_server.client("crew") as crew:
        found = {each["callsign"]: each for each in proposals(tight_desk)}
        seen = {each["callsign"] for each in ok(crew.get("/move-ups"))}
        assert seen == {own}
        other = next(each for callsign, each in found.items() if callsign != own)
        refused(crew.post(f"/move-ups/{other['id']}/decline", json={"reason": "xe khác"}), 403)
        refused(crew.post(f"/move-ups/{found[own]['id']}/decline", json={}), 422)
        ok(crew.post(f"/move-ups/{found[own]['id']}/decline", json={"reason": "Xe cần đổ xăng"}))
        post = found[own]["post_id"]
        assert (own, post) not in {(each["callsign"], each["post_id"]) for each in proposals(tight_desk)}
