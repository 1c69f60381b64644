"""The steps of the first run. Each judges what it is told, and keeps it, or refuses and changes nothing."""

import re
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tomli_w

from api.accounts.roles import Account, Role
from api.accounts.sign_in_rules import FILE_NAME as SIGN_IN
from api.accounts.store import AccountStore
from api.first_run.city_files import FOLDER as CITIES
from api.first_run.city_files import cities_for, fleet_of, write_city
from api.first_run.errors import (
    BadArea,
    BadCityName,
    BadHospital,
    BadNumber,
    BadTimeZone,
    MapBusy,
    NameWanted,
    NoDispatcher,
    NoHospital,
    NoStation,
    NoSuchFile,
    NoSuchPlaceHere,
    NotAMapFile,
    NotYet,
    OffTheMap,
    UnknownCity,
)
from api.first_run.found import usable_code
from api.first_run.map_reader import Box, MapReader
from api.first_run.state import CityTold, HospitalTold, MapTold, Spot, StationTold, Told, keep_told, read_told
from api.map_notes import MapNotes
from dispatch.city_file import load_city
from domain.city import SPECIALITIES, City

SUFFIXES: Final = (".osm.pbf", ".osm", ".osm.gz")
KM_A_DEGREE: Final = 111.32
CITY_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
UPLOADS: Final = "uploads"


class Telling:
    """What is told of one data folder. Safe for many threads; each step is kept before it is answered.

    shipped : the folder of the cities that come with Vigil
    """

    def __init__(self, data: Path, shipped: Path, accounts: AccountStore) -> None:
        self.data, self.shipped, self.accounts = data, shipped, accounts
        self._lock = Lock()
        self.told = read_told(data) or Told()
        self.reader = MapReader(data / "maps", self._map_read)

    # --- city ---

    def tell_city(self, city: CityTold) -> None:
        """Raises BadCityName, NameWanted, UnknownCity, BadTimeZone, BadNumber."""
        if city.shipped:
            facts = self._shipped(city.id)
            vi, en = facts.name["vi"], facts.name["en"]
            self._keep(city=city.model_copy(update={"vi": vi, "en": en, "timezone": facts.timezone}))
            return
        if not (2 <= len(city.id) <= 30 and CITY_ID.fullmatch(city.id)) or city.id in self.shipped_ids():
            raise BadCityName
        names = {"vi": " ".join(city.vi.split()), "en": " ".join(city.en.split())}
        if not all(1 <= len(name) <= 80 for name in names.values()):
            raise NameWanted
        try:
            ZoneInfo(city.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise BadTimeZone(timezone=city.timezone) from None
        if not all(re.fullmatch(r"[0-9]{1,4}", n) for n in (city.emergency_number, city.country_code)):
            raise BadNumber
        self._keep(city=city.model_copy(update=names))

    def shipped_ids(self) -> list[str]:
        return sorted(each.name for each in self.shipped.iterdir() if (each / "city.toml").is_file())

    def real_cities(self) -> list[City]:
        """Those that come with Vigil and exist."""
        cities = [load_city(self.shipped / name) for name in self.shipped_ids()]
        return [city for city in cities if not city.fictional]

    def _shipped(self, city_id: str) -> City:
        if city_id not in self.shipped_ids():
            raise UnknownCity(city=city_id)
        return load_city(self.shipped / city_id)

    # --- map ---

    def tell_map(self, source: Path, middle: str | None, radius_km: float | None) -> None:
        """Begin to read a map in. Raises NotYet, NotAMapFile, NoSuchFile, BadArea, MapBusy."""
        city = self._city()
        check_name(source.name)
        if not source.is_file():
            raise NoSuchFile(path=source)
        self.reader.begin(source, source.name, self._box(city, middle, radius_km))

    def uploads(self) -> Path:
        """Where a file that is sent is put. Raises NotYet, MapBusy."""
        self._city()
        if self.reader.busy:
            raise MapBusy
        folder = self.data / UPLOADS
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _box(self, city: CityTold, middle: str | None, radius_km: float | None) -> Box | None:
        if city.shipped:
            bounds = self._shipped(city.id).map.bounds
            return bounds.south, bounds.west, bounds.north, bounds.east
        if not middle:
            return None
        try:
            lat, lon = (float(part) for part in middle.split(","))
            spot = Spot(lat=lat, lon=lon)
        except ValueError:
            raise BadArea from None
        if radius_km is None or not 2 <= radius_km <= 150:
            raise BadArea
        high = radius_km / KM_A_DEGREE
        return spot.lat - high, spot.lon - high, spot.lat + high, spot.lon + high

    def _map_read(self, found: MapTold) -> None:
        with self._lock:
            known = self.told.map
            same = known is not None and known.folder == found.folder
            gone: dict[str, list[object]] = {} if same else {"hospitals": [], "stations": []}
            self._write(self.told.model_copy(update={"map": found, **gone}))

    # --- hospitals, stations ---

    def tell_hospitals(self, hospitals: Sequence[HospitalTold]) -> None:
        """Raises NotYet, NoHospital, BadHospital, OffTheMap."""
        self._city()
        map_ = self._map()
        if not hospitals:
            raise NoHospital
        ids, codes, names = set(), set(), set()
        for each in hospitals:
            if not map_.holds(each.position):
                raise OffTheMap(what=each.name, map=map_.name)
            if not usable_code(each.code):
                raise BadHospital(
                    name=each.name,
                    what=f"the code {each.code} is 2 to 4 capitals that a Vietnamese keyboard leaves alone, "
                    "and no word of the command line",
                    what_vi=f"mã {each.code} phải gồm 2 đến 4 chữ in hoa không bị bộ gõ tiếng Việt biến đổi "
                    "và không trùng từ lệnh",
                )
            if each.code in codes or each.id in ids or each.name in names:
                raise BadHospital(
                    name=each.name, what="name and code stand there twice", what_vi="tên hoặc mã bị trùng"
                )
            if not set(each.specialities) <= set(SPECIALITIES) or not each.specialities:
                raise BadHospital(
                    name=each.name, what="a speciality is not known", what_vi="có chuyên khoa không hợp lệ"
                )
            ids.add(each.id)
            codes.add(each.code)
            names.add(each.name)
        stations = [each for each in self.told.stations if each.hospital is None or each.hospital in ids]
        self._keep(hospitals=list(hospitals), stations=stations)

    def tell_stations(self, stations: Sequence[StationTold]) -> None:
        """Raises NotYet, NoStation, OffTheMap, CityFilesWrong."""
        city, map_ = self._city(), self._map()
        if not self.told.hospitals:
            raise NotYet(missing="the hospitals", missing_vi="bệnh viện")
        if not fleet_of(stations):
            raise NoStation
        for each in stations:
            if not map_.holds(each.position):
                raise OffTheMap(what=each.name, map=map_.name)
        write_city(self.data, city, map_, self.told.hospitals, stations)
        self._keep(stations=list(stations))

    # --- people ---

    def tell_user(
        self, username: str, role: str, password: str, hospital_id: str | None, callsign: str | None
    ) -> Account:
        """Raises NotYet, NoSuchPlaceHere, and what AccountStore.add refuses."""
        city = self.city()
        if hospital_id and city.hospital(hospital_id) is None:
            raise NoSuchPlaceHere(username=username, what="hospital", what_vi="bệnh viện", name=hospital_id)
        if callsign and callsign.upper() not in {unit.callsign for unit in city.units}:
            raise NoSuchPlaceHere(username=username, what="unit", what_vi="xe", name=callsign)
        return self.accounts.add(username, role, password, hospital_id=hospital_id, callsign=callsign)

    def tell_second_factor(self, wanted: bool) -> None:
        self._keep(second_factor=wanted)

    # --- the end ---

    def finish(self, drill: bool) -> None:
        """Everything is there: the next start opens the centre. Raises NotYet, NoDispatcher."""
        city, map_ = self.city(), self._map()
        roles = {account.role for account in self.accounts.all()}
        if not {Role.ADMIN, Role.DISPATCHER} <= roles:
            raise NoDispatcher
        sign_in = self.data / SIGN_IN
        if not sign_in.is_file():
            required = [Role.SUPERVISOR.value, Role.ADMIN.value] if self.told.second_factor else []
            sign_in.write_text(tomli_w.dumps({"second_factor": {"required": required}}), encoding="utf-8")
        maps = self.data / "maps"
        MapNotes(maps).opened(city.id, maps / map_.folder)
        self._keep(stage="drill" if drill else "live")

    def files(self) -> dict[str, str] | None:
        """Where a shipped city is read from, and where its own copy would be; None for one told here."""
        told = self.told.city
        if told is None or not told.shipped:
            return None
        read = cities_for(self.data, self.shipped, told.id) / told.id
        return {"read": str(read), "own": str(self.data / CITIES / told.id)}

    def city(self) -> City:
        """The city as the next start will read it. Raises NotYet."""
        told = self._city()
        self._map()
        if not told.shipped and not self.told.stations:
            raise NotYet(missing="the stations", missing_vi="trạm và xe")
        return load_city(cities_for(self.data, self.shipped, told.id) / told.id)

    # --- inside ---

    def _city(self) -> CityTold:
        if self.told.city is None:
            raise NotYet(missing="the city", missing_vi="thành phố")
        return self.told.city

    def _map(self) -> MapTold:
        if self.told.map is None:
            raise NotYet(missing="the map", missing_vi="bản đồ")
        return self.told.map

    def _keep(self, **changes: object) -> None:
        with self._lock:
            self._write(self.told.model_copy(update=changes))

    def _write(self, told: Told) -> None:
        keep_told(self.data, told)
        self.told = told


def check_name(name: str) -> None:
    """Raises NotAMapFile."""
    if not name.lower().endswith(SUFFIXES):
        raise NotAMapFile(name=name)
