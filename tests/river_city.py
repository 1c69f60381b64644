"""A town on two banks, with an alley. Every step is 100 m.

  x            C1 to C5 stand on the south bank, C6 at M and the motorbike M1 at L. There is one bridge, from
  :            N to R: whoever comes from C to B drives nine steps round. x lies in an alley two metres wide,
B-K-L-M-N      100 m from K: motorbikes fit in there, vans do not.
        |
C-O-P-Q-R
|              Blue light drives a step in 8.33 s.
D-E
"""

from pathlib import Path

from tests.small_city import CITY, HOSPITAL, STATION, UNIT
from tests.towns import Town, town

ALLEY = {"highway": "service", "service": "alley", "width": "2"}
UNITS = {"C1": "C", "C2": "O", "C3": "D", "C4": "P", "C5": "E", "C6": "M", "M1": "L"}
"""By straight line from B in this order, C6 the sixth; the motorbike only follows the others."""


def river_town() -> Town:
    return town(
        """
          x
          |
        B-K-L-M-N
                |
        C-O-P-Q-R
        |
        D-E
        """,
        {"xK": ALLEY},
    )


def write_river_city(folder: Path) -> tuple[Path, Path]:
    """Write map and city files; the OSM file, and the folder that `--cities` wants."""
    drawn = river_town()
    files = folder / "cities" / "river"
    files.mkdir(parents=True, exist_ok=True)
    centre = drawn.at("P")
    about = CITY.format(lat=centre.lat, lon=centre.lon).replace('"letters"', '"river"')
    (files / "city.toml").write_text(about, encoding="utf-8")
    at = drawn.at("N")
    hospital = HOSPITAL.format(
        id="bac", code="BK", name="Bắc", name_en="North", emergency=9, lat=at.lat, lon=at.lon
    )
    (files / "hospitals.toml").write_text(hospital, encoding="utf-8")
    stations = [
        STATION.format(id=f"tram-{corner.lower()}", lat=drawn.at(corner).lat, lon=drawn.at(corner).lon)
        for corner in UNITS.values()
    ]
    (files / "stations.toml").write_text("\n".join(stations), encoding="utf-8")
    units = [_unit(callsign, f"tram-{corner.lower()}") for callsign, corner in UNITS.items()]
    (files / "fleet.toml").write_text("\n".join(units), encoding="utf-8")
    return drawn.write(folder, "river.osm"), files.parent


def _unit(callsign: str, station: str) -> str:
    motorbike = callsign.startswith("M")
    return UNIT.format(
        callsign=callsign,
        kind="motorbike" if motorbike else "van",
        capabilities='["BLS", "motorbike"]' if motorbike else '["ALS", "BLS", "transport"]',
        station=station,
    )
