"""A city of forty-eight street corners, described like any other, for tests of the whole service.

A-B-C-D-E-F-G-H      Every street is 100 m long and drawn by `tests.towns`. Stations stand at A, H, o and
I-J-K-L-M-N-O-P      w, hospitals at D (north), r (south) and X (east). The map and the four city files
...                  are written to a folder; nothing of it is real.
"""

from pathlib import Path

from domain.values import Position
from tests.towns import Town, town

ROWS = ("ABCDEFGH", "IJKLMNOP", "QRSTUVWX", "YZabcdef", "ghijklmn", "opqrstuw")
STREETS = ("Lê Lợi", "Nguyễn Trãi", "3 Tháng 2", "Trần Phú", "Hoa Mai", "Lê Lợi")
"""The streets from west to east: two have one name, as in any city. Of those from north to south only two
have one: Pasteur (I-Q-Y) and an alley, Hẻm 45 Trần Phú (a-i)."""
HOUSES = {
    "B": ("12", "Lê Lợi"), "F": ("88", "Lê Lợi"), "t": ("14", "Lê Lợi"), "R": ("20", "3 Tháng 2"),
    "V": ("100", "3 Tháng 2"), "Z": ("11", "Trần Phú"), "e": ("91", "Trần Phú"), "i": ("45/6", "Trần Phú"),
}  # fmt: skip

CITY = """
id = "letters"
fictional = true
emergency_number = "115"
country_code = "84"
timezone = "Asia/Ho_Chi_Minh"
languages = ["vi", "en"]
name = {{ vi = "Thị trấn Chữ Cái", en = "Letter Town" }}
centre = {{ lat = {lat}, lon = {lon} }}
[map]
kind = "drawn"
seed = 1
bounds = {{ south = 10.73, west = 106.63, north = 10.77, east = 106.67 }}
[targets]
acknowledge_amber_s = 60
acknowledge_red_s = 90
on_scene_amber_s = 1200
on_scene_red_s = 1800
handover_amber_s = 1800
handover_red_s = 2700
bed_age_amber_s = 3600
bed_age_red_s = 7200
unit_position_amber_s = 30
unit_position_stale_s = 120
response_s = {{ P1 = 480, P2 = 900, P3 = 1800, P4 = 3600 }}
queue_amber_s = {{ P1 = 60, P2 = 120, P3 = 300, P4 = 900 }}
queue_red_s = {{ P1 = 120, P2 = 300, P3 = 600, P4 = 1800 }}
"""

HOSPITAL = """
[[hospital]]
id = "{id}"
code = "{code}"
name = "Bệnh viện {name}"
name_en = "{name_en} Hospital"
aliases = []
lat = {lat}
lon = {lon}
specialities = ["general", "trauma", "stroke", "cardiac", "pci", "paediatrics", "obstetrics"]
specialities_assumed = true
source = "invented"
[hospital.beds]
EmergencyDepartment = {{ staffed = {emergency}, assumed = true }}
AdultICU = {{ staffed = 4, assumed = true }}
"""

STATION = """
[[station]]
id = "{id}"
name = "Trạm {id}"
lat = {lat}
lon = {lon}
ownership = "centre"
source = "invented"
assumed = true
"""

UNIT = """
[[unit]]
callsign = "{callsign}"
kind = "{kind}"
capabilities = {capabilities}
station = "{station}"
assumed = true
"""

HOSPITALS = (
    ("bac", "BK", "Bắc", "North", "D", 40),
    ("nam", "NK", "Nam", "South", "r", 20),
    ("dong", "GK", "Đông", "East", "X", 6),
)
STATIONS = {"tay-bac": "A", "dong-bac": "H", "tay-nam": "o", "dong-nam": "w"}
FLEET = {
    "C": ("van", ["ALS", "BLS", "transport"], 8),
    "T": ("van", ["BLS", "transport"], 6),
    "M": ("motorbike", ["BLS", "motorbike"], 2),
}


def letter_town() -> Town:
    """Eight streets across six, all two-way."""
    across = ["-".join(row) for row in ROWS]
    names = {
        row[place : place + 2]: {"name": name}
        for row, name in zip(ROWS, STREETS, strict=True)
        for place in range(len(row) - 1)
    }
    names |= {"IQ": {"name": "Pasteur"}, "QY": {"name": "Pasteur"}, "ai": {"name": "Hẻm 45 Trần Phú"}}
    houses = {
        corner: {"addr:housenumber": number, "addr:street": street}
        for corner, (number, street) in HOUSES.items()
    }
    return town(("\n" + " ".join("|" * len(ROWS[0])) + "\n").join(across), streets=names, signs=houses)


def where(corner: str) -> Position:
    """The place of a street corner."""
    return letter_town().at(corner)


def callsigns() -> list[str]:
    return [f"{letter}{n}" for letter, (_, _, count) in FLEET.items() for n in range(1, count + 1)]


def write_small_city(folder: Path) -> tuple[Path, Path]:
    """Write map and city files; the OSM file, and the folder that `--cities` wants."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = letter_town()
    files = folder / "cities" / "letters"
    files.mkdir(parents=True, exist_ok=True)
    centre = drawn.at("T")
    _write(files / "city.toml", [CITY.format(lat=centre.lat, lon=centre.lon)])
    _write(files / "hospitals.toml", [_hospital(drawn, *facts) for facts in HOSPITALS])
    _write(
        files / "stations.toml",
        [
            STATION.format(id=name, lat=drawn.at(corner).lat, lon=drawn.at(corner).lon)
            for name, corner in STATIONS.items()
        ],
    )
    _write(files / "fleet.toml", [_unit(callsign, i) for i, callsign in enumerate(callsigns())])
    return drawn.write(folder, "letters.osm"), files.parent


def _hospital(
    drawn: Town, hospital_id: str, code: str, name: str, name_en: str, corner: str, emergency: int
) -> str:
    at = drawn.at(corner)
    return HOSPITAL.format(
        id=hospital_id, code=code, name=name, name_en=name_en, lat=at.lat, lon=at.lon, emergency=emergency
    )


def _unit(callsign: str, place: int) -> str:
    kind, capabilities, _ = FLEET[callsign[0]]
    station = list(STATIONS)[place % len(STATIONS)]
    listed = "[" + ", ".join(f'"{each}"' for each in capabilities) + "]"
    return UNIT.format(callsign=callsign, kind=kind, capabilities=listed, station=station)


def _write(path: Path, entries: list[str]) -> None:
    path.write_text("\n".join(entries), encoding="utf-8")
