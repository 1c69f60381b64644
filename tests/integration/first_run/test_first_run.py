"""From an empty folder to the first dispatch, over the same orders that the page gives."""

import re
import subprocess
import sys
import time
from uuid import uuid4

import httpx
import pytest

from tests.drawn_hospitals import write_town_with_hospitals
from tests.guards import Guard
from tests.server import LOOPBACK, free_port
from tests.shared_data import ROOT

pytestmark = pytest.mark.timeout(600)  # three starts of a server, perhaps beside much other work
PASSWORD = "a good password"
CITY = {"id": "letters-on-sea", "vi": "Thị trấn Chữ", "en": "Letters on Sea"}


class Machine:
    """`vigil up` on a folder, as at a terminal."""

    def __init__(self, data):
        self.data, self.port = data, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.said = data.parent / "said.txt"
        self.http = httpx.Client(base_url=self.url, timeout=30, **LOOPBACK)
        self.process = None

    def start(self):
        with self.said.open("ab") as file:
            words = [sys.executable, "-m", "api.cli.main", "up", "--data", self.data, "--port", self.port]
            self.process = subprocess.Popen(list(map(str, words)), cwd=ROOT, stdout=file, stderr=file)
        self.guard = Guard(self.process.pid, "INT")
        self.until(lambda: self.http.get("/healthz").status_code == 200)

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(60)
            self.guard.release()
            self.process = None

    def until(self, so, longest_s=240.0):
        end = time.monotonic() + longest_s
        while time.monotonic() < end:
            assert self.process.poll() is None, self.said.read_text()
            try:
                if so():
                    return
            except httpx.HTTPError:
                pass
            time.sleep(0.1)
        raise AssertionError(self.said.read_text())

    @property
    def token(self):
        return re.findall(r"/setup#(\S+)", self.said.read_text())[-1]

    def tell(self, method, path="", body=None, token=None, **more):
        headers = {"Authorization": f"Bearer {token or self.token}", "Accept-Language": "vi"}
        return self.http.request(method, f"/api/v1/setup{path}", json=body, headers=headers, **more)

    def as_user(self, name):
        answer = self.http.post("/api/v1/login", json={"username": name, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        self.http.cookies.clear()
        return {"Authorization": f"Bearer {answer.json()['token']}"}


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    folder = tmp_path_factory.mktemp("first")
    machine = Machine(folder / "data")
    machine.map = write_town_with_hospitals(folder)
    machine.start()
    yield machine
    machine.stop()


def good(answer, code=200):
    assert answer.status_code == code, answer.text
    return answer.json()


def test_a_machine_without_a_city_asks_for_one_and_only_whoever_reads_the_terminal_may_answer(machine):
    assert machine.http.get("/readyz").status_code == 503
    assert machine.tell("GET", token="guessed").status_code == 401
    told = good(machine.tell("GET"))
    assert (told["stage"], told["city"], told["users"]) == ("telling", None, [])
    assert [city["id"] for city in told["cities"]] == ["hcmc"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Chữ"}, "Tên ngắn của thành phố"),
        ({"id": "demo"}, "Tên ngắn của thành phố"),
        ({"vi": "  "}, "tiếng Việt và tiếng Anh"),
        ({"timezone": "Asia/Nowhere"}, "múi giờ"),
        ({"emergency_number": "one"}, "chữ số"),
        ({"id": "atlantis", "shipped": True}, "không có sẵn"),
    ],
)
def test_a_city_that_makes_no_sense_is_refused_in_a_sentence_and_changes_nothing(machine, change, said):
    refused = machine.tell("PUT", "/city", CITY | change)
    assert refused.status_code == 422
    assert said in refused.json()["detail"]
    assert good(machine.tell("GET"))["city"] is None


def test_steps_come_in_their_order(machine):
    assert machine.tell("PUT", "/map/path", {"path": str(machine.map)}).status_code == 409
    assert machine.tell("PUT", "/hospitals", []).status_code == 409
    assert machine.tell("POST", "/finish", {"drill": True}).status_code == 409


def test_from_a_map_to_the_first_dispatch(machine):
    good(machine.tell("PUT", "/city", CITY))
    assert "Không có tệp" in machine.tell("PUT", "/map/path", {"path": "/nowhere.osm"}).json()["detail"]
    assert "OpenStreetMap" in machine.tell("PUT", "/map/path", {"path": "/etc/passwd"}).json()["detail"]
    headers = {"Authorization": f"Bearer {machine.token}"}

    bad = machine.http.put("/api/v1/setup/map/file?name=bad.osm.pbf", content=b"no map", headers=headers)
    good(bad)
    machine.until(lambda: not machine.tell("GET").json()["reading"]["busy"])
    told = good(machine.tell("GET"))
    assert told["reading"]["fault"]
    assert told["map"] is None

    content = machine.map.read_bytes()
    good(machine.http.put("/api/v1/setup/map/file?name=letters.osm", content=content, headers=headers))
    machine.until(lambda: machine.tell("GET").json()["map"] is not None)
    found = good(machine.tell("GET"))["map"]["found"]
    assert [(each["name"], each["name_en"]) for each in found] == [
        ("Bệnh viện Nhi Hoa Mai", "Bệnh viện Nhi Hoa Mai"),
        ("Bệnh viện Đa khoa Chữ Cái", "Letter General Hospital"),
    ]
    assert [each["specialities"] for each in found] == [["paediatrics"], ["general", "trauma", "stroke"]]

    # The machine is switched off in between, and nothing is lost; the key is another one.
    before = machine.token
    machine.stop()
    machine.start()
    machine.until(lambda: machine.token != before)
    assert machine.tell("GET", token=before).status_code == 401
    assert good(machine.tell("GET"))["map"]["found"] == found

    assert "ít nhất một bệnh viện" in machine.tell("PUT", "/hospitals", []).json()["detail"]
    away = [{**found[0], "position": {"lat": 1.0, "lon": 1.0}}]
    assert "không nằm trên bản đồ" in machine.tell("PUT", "/hospitals", away).json()["detail"]
    typed = [{**found[0], "code": "AS"}]
    assert "bộ gõ tiếng Việt" in machine.tell("PUT", "/hospitals", typed).json()["detail"]
    assert good(machine.tell("GET"))["hospitals"] == []
    good(machine.tell("PUT", "/hospitals", [{**each, "emergency_beds": 7} for each in found]))

    station = {
        "id": "centre",
        "name": "Trạm trung tâm",
        "position": found[0]["position"],
        "als_vans": 1,
        "bls_vans": 2,
        "motorbikes": 1,
    }
    none = {"als_vans": 0, "bls_vans": 0, "motorbikes": 0}
    assert machine.tell("PUT", "/stations", [station | none]).status_code == 422
    told = good(machine.tell("PUT", "/stations", [station]))
    assert told["known_units"] == ["C1", "T1", "T2", "M1"]

    assert "quản trị viên" in machine.tell("POST", "/finish", {"drill": True}).json()["detail"]
    for name, role in (("chi", "admin"), ("lan", "dispatcher")):
        good(machine.tell("POST", "/users", {"username": name, "role": role, "password": PASSWORD}), 201)
    nurse = {"username": "nurse", "role": "hospital", "password": PASSWORD, "hospital_id": "nowhere"}
    assert "không có trong danh sách" in machine.tell("POST", "/users", nurse).json()["detail"]
    assert PASSWORD not in machine.tell("GET").text

    good(machine.tell("POST", "/finish", {"drill": True}))
    machine.until(lambda: machine.http.get("/readyz").status_code == 200)
    first_dispatch(machine)


def first_dispatch(machine):
    """A drill on real road times; then it is over, and the log that counts is empty."""
    lan = machine.as_user("lan")
    city = good(machine.http.get("/api/v1/city", headers=lan))
    assert (city["id"], city["drill"], city["demo"]) == ("letters-on-sea", True, False)
    units = lambda: machine.http.get("/api/v1/units", headers=lan).json()  # noqa: E731
    machine.until(lambda: all(unit["duty"] == "on_duty" for unit in units()))

    spot = city["hospitals"][1]["position"]
    call, incident = str(uuid4()), str(uuid4())
    new_call = {"id": call, "phone": "0900000001", "complaint": "Khó thở", "position": spot}
    assert machine.http.post("/api/v1/calls", json=new_call, headers=lan).status_code < 300
    new_incident = {"id": incident, "call_id": call, "position": spot, "priority": "P1"}
    assert machine.http.post("/api/v1/incidents", json=new_incident, headers=lan).status_code < 300
    advice = good(machine.http.get(f"/api/v1/incidents/{incident}/recommendation", headers=lan))
    first = advice["units"][0]
    assert first["eta_s"] > 0
    sent = machine.http.post(
        f"/api/v1/incidents/{incident}/runs",
        json={"run_id": str(uuid4()), "unit_id": first["callsign"]},
        headers=lan,
    )
    assert sent.status_code < 300, sent.text

    assert machine.http.post("/api/v1/login", json={"username": "chi", "password": PASSWORD}).json()["secret"]
    assert machine.http.post("/api/v1/drill/end", headers=lan).status_code == 202
    machine.until(lambda: machine.http.get("/api/v1/city", headers=lan).json().get("drill") is False)
    city = good(machine.http.get("/api/v1/city", headers=lan))
    assert city["drill"] is False
    assert machine.http.get("/api/v1/incidents", headers=lan).json() == []
    assert {unit["duty"] for unit in units()} == {"off_duty"}
    assert machine.http.post("/api/v1/drill/end", headers=lan).status_code == 409
    assert machine.http.get("/api/v1/setup", headers=lan).status_code == 404
