"""Make the tables of a map from its names: streets, alleys with their mouths, houses, things, wards."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from routing.gazetteer import tables as kept
from routing.gazetteer.areas_of_map import measured
from routing.gazetteer.drafts import ALIAS_SHARE, Draft, written
from routing.gazetteer.fold import fold, initials, place_key, street_key
from routing.gazetteer.frame import Frame
from routing.gazetteer.houses_of_map import housed
from routing.gazetteer.numbers import Path as NumberPath
from routing.gazetteer.numbers import alley_of, said
from routing.gazetteer.read_names import Line, RawNames, Thing, read_names
from routing.gazetteer.streets import Joined, join

Progress = Callable[[str, float], None]
Float64s = NDArray[np.float64]

MOTHER_M: Final = 1_500.0
"""How far the street may be that an alley's name tells."""
NAMELESS_MOTHER_M: Final = 60.0
"""How near a street must pass for an alley called `hem 12`, without more, to be its alley."""
SAME_THING_M: Final = 120.0
INITIALS_SHARE: Final = 0.93
MEANT_CROSSING_M: Final = 600.0
"""Bus stops called after a crossing stand in all its arms."""
_BRIDGES: Final = ("cau ",)
_CROSSINGS: Final = ("nga tu ", "nga ba ", "nga nam ", "nga sau ", "nga bay ", "vong xoay ", "bung binh ")


def build(source: Path, folder: Path, progress: Progress = lambda stage, share: None) -> None:
    """Read the names of `source` and write the tables beside the map in `folder`. Raises MapError."""
    progress("reading names", 0.0)
    raw = read_names(source)
    progress("joining named streets", 0.5)
    kept.save(made(raw), folder)
    progress("names ready", 1.0)


def made(raw: RawNames) -> kept.Tables:
    """The tables of what was read."""
    frame = _frame(raw)
    drafts = _streets(raw.lines, frame)
    drafts += _alleys(raw.lines, frame, drafts)
    drafts += _things(raw.things, frame)
    houses = housed(raw.houses, drafts, frame)
    areas = measured(raw, frame)
    stubs = [line for line in raw.lines if not line.names and line.minor]
    return written(frame, drafts, houses, areas, stubs)


def _frame(raw: RawNames) -> Frame:
    lat = np.concatenate([line.lat for line in raw.lines] or [np.array([each.lat for each in raw.things])])
    lon = np.concatenate([line.lon for line in raw.lines] or [np.array([each.lon for each in raw.things])])
    return Frame.around(float(np.median(lat)), float(np.median(lon))) if len(lat) else Frame.around(0.0, 1.0)


def _streets(lines: list[Line], frame: Frame) -> list[Draft]:
    """Named ways that are no alley, joined; bridges told from streets."""
    of_key: dict[tuple[bool, str], list[Line]] = defaultdict(list)
    for line in lines:
        if not line.names or _alley(line) is not None:
            continue
        key = street_key(fold(line.names[0]))
        if key:
            of_key[key.startswith(_BRIDGES), key].append(line)
    drafts = []
    for (bridge, _), members in of_key.items():
        for street in join(members, frame):
            drafts.append(_draft(street, kept.BRIDGE if bridge else kept.STREET))
    return drafts


def _draft(street: Joined, kind: int) -> Draft:
    draft = Draft(street.name, kind, _middle(street.xy), street.pieces)
    for name in street.names:
        folded = fold(name)
        key = street_key(folded)
        draft.call(kept.OF_STREETS, key, 1.0 if name == street.name else ALIAS_SHARE)
        for short in initials(key):
            draft.call(kept.OF_STREETS, short, INITIALS_SHARE)
        if kind == kept.BRIDGE:
            draft.call(kept.OF_THINGS, place_key(folded), 1.0)
    return draft


def _alley(line: Line) -> tuple[NumberPath, str] | None:
    for name in line.names:
        if (found := alley_of(fold(name))) is not None:
            return found
    return None


def _alleys(lines: list[Line], frame: Frame, streets: list[Draft]) -> list[Draft]:
    """Numbered alleys, each with the street it leaves and its mouth there."""
    of_name: dict[tuple[NumberPath, str], list[Line]] = defaultdict(list)
    for line in lines:
        if line.names and (found := _alley(line)) is not None:
            path, mother = found
            of_name[path, street_key(mother.split(" p ")[0])].append(line)
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, street in enumerate(streets):
        if street.kind == kept.STREET:
            for _, key, share in street.keys:
                if share >= ALIAS_SHARE:
                    by_key[key].append(number)
    near = _Near(streets)
    drafts = []
    for (path, mother), members in of_name.items():
        for alley in join(members, frame):
            draft = Draft(alley.name, kept.ALLEY, _middle(alley.xy), alley.pieces, path=said(path))
            if mother:
                left, mouth = _nearest(streets, by_key.get(mother, ()), alley.xy, MOTHER_M)
            else:
                left, mouth = near.of(alley.xy, NAMELESS_MOTHER_M)
            draft.mother, draft.mouth = left, mouth if mouth is not None else draft.xy
            for name in alley.names:
                draft.call(kept.OF_STREETS, street_key(fold(name)), 1.0)
            drafts.append(draft)
    return drafts


def _nearest(
    streets: list[Draft], numbers: "list[int] | tuple[int, ...]", xy: Float64s, within_m: float
) -> tuple[int, Float64s | None]:
    """The nearest of some streets to a line, and the point of the line that is nearest to it."""
    best, at, far = -1, None, within_m
    for number in numbers:
        gap, _ = streets[number].tree.query(xy)
        place = int(gap.argmin())
        if gap[place] < far:
            best, at, far = number, xy[place], float(gap[place])
    return best, at


class _Near:
    """The street that passes next to a line, whatever it is called."""

    def __init__(self, streets: list[Draft]) -> None:
        from scipy.spatial import cKDTree

        plain = [number for number, street in enumerate(streets) if street.kind == kept.STREET]
        dense = [streets[number].dense for number in plain]
        self._owner = np.repeat(plain, [len(each) for each in dense]) if plain else np.empty(0, int)
        self._tree = cKDTree(np.concatenate(dense)) if plain else None

    def of(self, xy: Float64s, within_m: float) -> tuple[int, Float64s | None]:
        if self._tree is None:
            return -1, None
        gap, point = self._tree.query(xy)
        place = int(gap.argmin())
        if gap[place] > within_m:
            return -1, None
        return int(self._owner[point[place]]), xy[place]


def _things(things: list[Thing], frame: Frame) -> list[Draft]:
    """Things with a name; those of one name beside each other are one, the telling kind first."""
    of_key: dict[str, list[tuple[int, Thing, Float64s]]] = defaultdict(list)
    for thing in things:
        key = place_key(fold(thing.names[0]))
        if len(key) > 1 and not key.isdigit():
            of_key[key].append((_kind(thing, key), thing, frame.xy(thing.lat, thing.lon)))
    drafts: list[Draft] = []
    around: dict[int, list[tuple[str, Float64s]]] = {}
    for members in of_key.values():
        members.sort(key=lambda each: (each[0] == kept.STOP, each[1].what.startswith("building")))
        placed: list[Draft] = []
        for kind, thing, xy in members:
            beside = next((each for each in placed if np.hypot(*(each.xy - xy)) < _apart(kind)), None)
            if beside is None:
                beside = Draft(thing.names[0], kind, xy, [])
                placed.append(beside)
            for name in thing.names:
                beside.call(kept.OF_THINGS, place_key(fold(name)), 1.0)
            around.setdefault(id(beside), []).append((thing.what, xy))
        drafts += placed
    for draft in drafts:
        if draft.kind == kept.CROSSING:
            draft.xy = _middle_of_crossing(around[id(draft)])
    return drafts


def _kind(thing: Thing, key: str) -> int:
    if key.startswith(_CROSSINGS):
        return kept.CROSSING
    if thing.what == "highway=bus_stop":
        return kept.STOP
    if thing.what == "highway=milestone":
        return kept.POST
    return kept.BRIDGE if key.startswith(_BRIDGES) else kept.THING


def _apart(kind: int) -> float:
    """Stops on both sides, and all around a crossing, are one place."""
    if kind == kept.CROSSING:
        return MEANT_CROSSING_M
    return 3 * SAME_THING_M if kind == kept.STOP else SAME_THING_M


def _middle_of_crossing(members: list[tuple[str, Float64s]]) -> Float64s:
    """Where the map has the crossing itself, else the middle of the stops around it."""
    itself = [xy for what, xy in members if what != "highway=bus_stop"]
    middle: Float64s = np.mean(np.array(itself or [xy for _, xy in members]), axis=0)
    return middle


def _middle(xy: Float64s) -> Float64s:
    """The point of a line that is nearest to the middle of all its points."""
    middle: Float64s = xy[int(np.hypot(*(xy - xy.mean(axis=0)).T).argmin())]
    return middle
