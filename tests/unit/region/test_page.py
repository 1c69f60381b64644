"""What a dispatcher reads on the region's page at four in the morning."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from api.region.alert_list import LINES
from api.region.board import Board
from api.region.page import EVERY_S, _waits, page
from api.region.page_style import HANGS_AFTER_S
from api.region.places import CITIES, places_in, zone_of
from api.region.words import WORDS
from api.streams.checkpoint import Checkpoint
from api.streams.presence import Presence
from projections.streams.effects import Alert, CentrePart, RegionRow
from projections.streams.messages import FleetPart

NOW = datetime(2026, 3, 2, 21, 4, 5, tzinfo=UTC)
PLACES = places_in(CITIES)


def a_region(**silent_s):
    """A board with a centre for each; silent_s : how long its relay and itself have said nothing."""
    board, units = Board(lambda: NOW), {"AV": 3, "TR": 1}
    parts = {}
    for centre, seconds in silent_s.items():
        at = NOW - timedelta(seconds=seconds)
        board.hear_sign("relay", b"", msgspec.json.encode(Checkpoint(centre, 7, "x", 1, at, at)))
        board.hear_sign("centres", b"", msgspec.json.encode(Presence(centre, at)))
        parts[centre] = CentrePart(at, 0.0, FleetPart(centre, 1, at, 4, 4, 0, units), None, None)
    total = {status: count * len(parts) for status, count in units.items()}
    row = RegionRow(id="region", at=NOW, centres=parts, units=total, beds_free={}, calls=0)
    board.hear(msgspec.json.encode(row))
    return board


def an_alert(number, centre="hcmc", kind="waiting_incident", level="red", seconds=200):
    since = NOW - timedelta(seconds=seconds)
    return msgspec.json.encode(Alert(f"{number}", kind, level, centre, f"{number}", since))


def text_of(board, language="en", **also):
    told = {**board.page(NOW), "linked": True, **also}
    return page(told, language, PLACES, ZoneInfo("Asia/Ho_Chi_Minh"))


def words_of(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text.partition("<body>")[2]))


def test_it_says_at_which_time_it_was_made_by_the_clock_of_the_centres():
    text = text_of(a_region(hcmc=1))
    assert ">04:04:05</time>" in text
    assert "If this clock stands still, the page is cut off." in text


def test_one_that_is_not_renewed_says_so_by_itself_without_any_script():
    text = text_of(a_region(hcmc=1))
    assert "THIS PAGE HANGS: nothing new since 04:04:05" in text
    assert f"visibility: hidden; animation: hung 0s {HANGS_AFTER_S}s forwards" in text
    assert HANGS_AFTER_S > 2 * EVERY_S, "one slow answer is not yet a page that hangs"
    assert not re.search(r"<(script|img|link|iframe|object)|@import|url\(|src=|https?:", text)


def test_a_centre_goes_by_the_name_of_its_city_where_that_is_known_else_by_its_own():
    board = a_region(hcmc=1, dong=1)
    assert "Ho Chi Minh City</th>" in text_of(board, "en")
    assert "Thành phố Hồ Chí Minh</th>" in text_of(board, "vi")
    assert "dong</th>" in text_of(board, "vi")


def test_a_city_file_that_cannot_be_read_takes_no_other_its_name(tmp_path):
    for name, text in (("bad", "id = "), ("odd", 'id = "odd"\ntimezone = "Mars/Base"\n[name]\nen = "Odd"')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "city.toml").write_text(text)
    (tmp_path / "hcmc").symlink_to(CITIES / "hcmc")
    assert set(places_in(tmp_path)) == {"hcmc"}
    assert places_in(tmp_path / "nowhere") == {}


def test_the_clock_is_that_of_the_centres_where_they_have_one_in_common():
    assert zone_of(["hcmc", "dong"], PLACES) == ZoneInfo("Asia/Ho_Chi_Minh")
    assert zone_of(["dong"], PLACES) is None


def test_what_all_have_together_says_how_much_of_it_is_of_centres_that_are_cut_off():
    english = words_of(text_of(a_region(hcmc=1, dong=200, tay=300)))
    assert "All ■ of which 2 centres cut off" in english
    assert "9 of which 6 cut off 3 of which 2 cut off" in english
    assert "of which 1 centre cut off" in words_of(text_of(a_region(hcmc=1, dong=200)))
    assert "cut off" not in words_of(text_of(a_region(hcmc=1))).replace("the page is cut off", "")


def test_open_alerts_are_told_by_centre_and_kind_the_red_ones_first_with_the_age_of_the_oldest():
    board = a_region(hcmc=1, dong=200)
    board.hear(an_alert(1, kind="surge", level="amber", seconds=4000))
    board.hear(an_alert(2, seconds=200))
    board.hear(an_alert(3, seconds=90))
    board.hear(an_alert(4, centre="dong", kind="late_acknowledgement", seconds=150))
    said = words_of(text_of(board))
    first = "■ Ho Chi Minh City Waiting too long for a unit × 2 · oldest 3:20 min"
    second = "■ dong Order not acknowledged · 2:30 min · cut off"
    third = "▲ Ho Chi Minh City Unusually many calls · 1 h 06"
    assert "Open alerts: 4 " in said
    assert f"Open alerts {first} {second} {third}" in said
    assert "Chờ xe quá lâu × 2 · lâu nhất 3:20 phút" in words_of(text_of(board, "vi"))


def test_a_bad_hour_in_many_centres_does_not_push_the_rest_from_the_page():
    board = a_region(hcmc=1)
    for number in range(LINES + 3):
        board.hear(an_alert(number, centre=f"centre-{number}"))
    text = text_of(board)
    assert text.count('<li class="red">') == LINES
    assert "and 3 lines more" in text


def test_what_a_name_from_kafka_brings_is_shown_as_text():
    board = a_region(**{"<script>": 1})
    board.hear(an_alert(1, centre="<b>x", kind="<i>"))
    text = text_of(board)
    assert "<script>" not in text
    assert "&lt;b&gt;x" in text
    assert "&lt;i&gt;" in text


def test_until_all_was_read_it_says_that_the_figures_are_not_complete():
    assert "still reads what is in Kafka" in text_of(a_region(hcmc=1), listening=False)


def test_two_waits_of_one_measure_name_it_once():
    def said(median_s, most_s):
        return _waits({"wait_p50_s": median_s, "wait_p90_s": most_s}, WORDS["vi"])

    assert said(95, 410) == "1:35 / 6:50 phút"
    assert said(40, 410) == "40 giây / 6:50 phút"
    assert said(3700, 7400) == "1 giờ 01 / 2 giờ 03"
    assert said(95, None) == "1:35 phút / –"
    assert _waits(None, WORDS["vi"]) == "– / –"
