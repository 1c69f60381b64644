"""A town with a bridge, for answers that can be checked by hand. Every step is 100 m.

A            C1 stands at A, C2 at H, C3 at R. Between B and C runs a river; the street from B to C is
|            the bridge. Who cannot take it drives round by N and R: nine steps in place of one.
B-K-L-M-N
|       |    Hospitals stand at A (north, "bac") and at H (south, "nam").
C-O-P-Q-R
|
D            Blue light drives a step in 8.33 s.
|
E
|
F
|
G
|
H
"""

from pathlib import Path

from domain.values import Position
from tests.small_city import CITY, HOSPITAL, STATION, UNIT
from tests.towns import Town, town

UNITS = {"C1": "A", "C2": "H", "C3": "R"}
HOSPITALS = (("bac", "BK", "Bắc", "North", "A"), ("nam", "NK", "Nam", "South", "H"))


def bridge_town() -> Town:
    return town(
        """
        A
        |
        B-K-L-M-N
        |       |
        C-O-P-Q-R
        |
        D
        |
        E
        |
        F
        |
        G
        |
        H
        """
    )


def south_of_c(steps: float) -> Position:
    """A place on the street from C down to H."""
    corners = "CDEFGH"
    whole = min(int(steps), len(corners) - 2)
    return bridge_town().between(corners[whole], corners[whole + 1], steps - whole)


def on_the_bridge() -> list[list[float]]:
    """The middle of it, as a line of [lat, lon]."""
    drawn = bridge_town()
    return [[place.lat, place.lon] for place in (drawn.between("B", "C", 0.4), drawn.between("B", "C", 0.6))]


def write_bridge_city(folder: Path) -> tuple[Path, Path]:
    """Write map and city files; the OSM file, and the folder that `--cities` wants."""
    drawn = bridge_town()
    files = folder / "cities" / "bridge"
    files.mkdir(parents=True, exist_ok=True)
    centre = drawn.at("D")
    about = CITY.format(lat=centre.lat, lon=centre.lon).replace('"letters"', '"bridge"')
    (files / "city.toml").write_text(about, encoding="utf-8")
    hospitals = [
        HOSPITAL.format(
            id=its_id, code=code, name=name, name_en=name_en, emergency=9,
            lat=drawn.at(corner).lat, lon=drawn.at(corner).lon,
        )
        for its_id, code, name, name_en, corner in HOSPITALS
    ]  # fmt: skip
    (files / "hospitals.toml").write_text("\n".join(hospitals), encoding="utf-8")
    stations = [
        STATION.format(id=f"tram-{corner.lower()}", lat=drawn.at(corner).lat, lon=drawn.at(corner).lon)
        for corner in UNITS.values()
    ]
    (files / "stations.toml").write_text("\n".join(stations), encoding="utf-8")
    units = [
        UNIT.format(
            callsign=callsign, kind="van", capabilities='["ALS", "BLS", "transport"]',
            station=f"tram-{corner.lower()}",
        )
        for callsign, corner in UNITS.items()
    ]  # fmt: skip
    (files / "fleet.toml").write_text("\n".join(units), encoding="utf-8")
    return drawn.write(folder, "bridge.osm"), files.parent
