"""The running service on learned speeds: they count in its answers, by name, and wrong ones are refused."""

import numpy as np
import pytest

from routing.speeds import CLASSES
from routing.week import HOURS, WeekSpeeds
from tests.server import Server, free_port, letter_town_ground, vigil
from tests.small_city import where


def _week(share: float, map_version: str = "") -> WeekSpeeds:
    return WeekSpeeds(np.full((HOURS, len(CLASSES)), share, np.float32), map_version=map_version)


def _at(corner: str) -> list[float]:
    return [where(corner).lat, where(corner).lon]


def test_learned_speeds_count_in_the_answers_of_the_service(tmp_path):
    path = _week(0.5).save(tmp_path)
    server = Server(letter_town_ground(), tmp_path / "data", also=("--speeds", str(path))).start()
    try:
        with server.client() as client:
            body = {"origins": [_at("A")], "destinations": [_at("H")], "profile": "van"}
            answers = {
                which: client.post("/travel-times", json={**body, "traffic": which}).json()
                for which in ("live", "free_flow")
            }
    finally:
        server.stop()
    assert path.stem.removeprefix("week-") in answers["live"]["traffic_version"]
    slow, free = (answers[which]["durations_s"][0][0] for which in ("live", "free_flow"))
    assert slow == pytest.approx(free / 1.2 / 0.5, rel=0.02)  # blue light, at half the speed


@pytest.mark.parametrize(
    ("name", "words"), [("other", "was learned on the map"), ("none", "no table of speeds")]
)
def test_speeds_that_do_not_fit_are_refused_before_anything_starts(tmp_path, name, words):
    ground = letter_town_ground()
    path = _week(0.5, "another-map").save(tmp_path) if name == "other" else tmp_path / "week-00000000.npz"
    data = tmp_path / "data"
    data.mkdir()
    (data / "maps").symlink_to(ground.maps, target_is_directory=True)
    where_to = "--data", data, "--city", ground.city, "--cities", ground.cities, "--port", free_port()
    said = vigil("up", *where_to, "--speeds", path)
    assert said.returncode != 0
    assert words in said.stderr
