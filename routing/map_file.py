"""Built maps on disk: one folder a map, named after what is in it.

`<name>-<hash>/` holds `graph.npz` (every array, mapped into memory when the map is loaded), `names.json`,
`restrictions.json` and `report.json`. The hash is taken over the source file, the version of this builder
and the practice asked for, so the same question finds the same folder. A folder appears whole or not at
all: it is written aside and renamed.
"""

import hashlib
import json
import os
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np

from routing.array_file import load_arrays, save_arrays
from routing.errors import MapError
from routing.graph import Graph, ends_together
from routing.hierarchy.layout import Hierarchy
from routing.practice import PRACTICES, practice_at
from routing.read_apart import read_safely
from routing.read_osm import SUFFIXES, RawStreets, check_is_readable
from routing.restrictions import restriction_from_json, restriction_to_json
from routing.road_map import Indexes, RoadMap, Streets

BUILDER: Final = "3"  # raise it whenever the same source would give another map
ATTRIBUTION: Final = "© OpenStreetMap contributors, ODbL 1.0"
FILES: Final = ("graph.npz", "names.json", "restrictions.json", "report.json")
Progress = Callable[[str, float], None]


def build(
    source: Path,
    out_dir: Path,
    name: str | None = None,
    progress: Progress = lambda stage, share: None,
    practice: str | None = None,
) -> Path:
    """Build the map of an OSM file and return its folder inside `out_dir`.

    A map that is there already is returned as it is. `progress` hears the stage and the share done, 0 to
    1. `practice` names the local habits (`routing.practice`); None asks where the map lies.
    Raises MapError where the file cannot be used; nothing is left behind then.
    """
    check_is_readable(source)
    if practice is not None and practice not in PRACTICES:
        raise MapError(f"There is no practice {practice!r}; known are {', '.join(PRACTICES)}.")
    progress("checking the file", 0.0)
    digest = _digest(source, practice)
    stem = slug(name or _stem(source))
    folder = out_dir / f"{stem}-{digest[:8]}"
    if is_built(folder):
        progress("already built", 1.0)
        return folder
    raw = read_safely(source, lambda stage, share: progress(stage, 0.05 + 0.85 * share))
    road_map = _make(raw, folder.name, stem, practice, progress)
    road_map.report["source"] = {"file": source.name, "bytes": source.stat().st_size, "sha256": digest}
    progress("writing", 0.9)
    _write_whole(road_map, folder)
    progress("done", 1.0)
    return folder


def is_built(folder: Path) -> bool:
    """Whether `folder` holds a whole built map."""
    return all((folder / file).is_file() for file in FILES)


def is_current(folder: Path) -> bool:
    """Whether `folder` holds a whole map that this builder made: another's must be built again."""
    if not is_built(folder):
        return False
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return bool(report.get("builder") == BUILDER)


def load(folder: Path) -> RoadMap:
    """Load a built map. Raises MapError where the folder is none, is damaged, or another builder's."""
    if not is_built(folder):
        raise MapError(f"{folder} is not a built map: build one with `vigil map build FILE`.")
    try:
        report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        names = json.loads((folder / "names.json").read_text(encoding="utf-8"))
        restrictions = json.loads((folder / "restrictions.json").read_text(encoding="utf-8"))
        if report["builder"] != BUILDER:
            raise MapError(f"{folder.name} was built by another version of Vigil: build it again.")
        arrays = load_arrays(folder / "graph.npz")
        streets = Streets(**{field.name: arrays[field.name] for field in fields(Streets)})
        indexes = Indexes(**{field.name: arrays[field.name] for field in fields(Indexes)})
        graph = Graph(**{field.name: arrays[field.name] for field in fields(Graph)})
        climbs = Hierarchy(**{field.name: arrays[field.name] for field in fields(Hierarchy)})
        south, west, north, east = report["bounds"]
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile) as error:
        raise MapError(f"The built map {folder.name} is damaged ({error}): build it again.") from error
    rules = [restriction_from_json(record) for record in restrictions]
    return RoadMap(report["version"], report["name"], (south, west, north, east), streets, graph, indexes,
                   climbs, names, rules, report)  # fmt: skip


def slug(name: str) -> str:
    """A name fit for a folder: `Thủ Đức, Việt Nam` becomes `thu-duc-viet-nam`."""
    plain = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60] or "map"


def _stem(source: Path) -> str:
    lowered = source.name.lower()
    suffix = max((end for end in SUFFIXES if lowered.endswith(end)), key=len)
    return source.name[: -len(suffix)]


def _digest(source: Path, practice: str | None) -> str:
    digest = hashlib.sha256(f"builder {BUILDER} practice {practice or 'by place'}\n".encode())
    with source.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _make(raw: RawStreets, version: str, name: str, practice: str | None, progress: Progress) -> RoadMap:
    # Only building needs these and the libraries under them; opening a built map should not wait for them.
    from routing.assemble import assemble
    from routing.hierarchy.layout import hierarchy
    from routing.index import index
    from routing.split_streets import split_streets

    habits = practice_at(float(np.median(raw.node_lat)), float(np.median(raw.node_lon)))
    if practice is not None:
        habits = PRACTICES[practice]
    left_out: Counter[str] = Counter()
    progress("joining streets", 0.7)
    streets = assemble(raw, habits, left_out)
    progress("splitting junctions", 0.75)
    graph, turns = split_streets(streets, raw)
    progress("indexing", 0.8)
    indexes, connected = index(streets, graph)
    progress("ordering the junctions", 0.83)
    climbs = hierarchy(
        graph.nodes, graph.arc_from, graph.arc_to, ends_together(graph), graph.left_at, graph.reached_at
    )
    lat, lon = streets.shape_lat, streets.shape_lon
    bounds = (float(lat.min()), float(lon.min()), float(lat.max()), float(lon.max()))
    report: dict[str, Any] = {
        "version": version, "name": name, "builder": BUILDER, "practice": habits.name, "bounds": bounds,
        "attribution": ATTRIBUTION,
        "read": dict(raw.read), "dropped": {what: n for what, n in raw.dropped.items() if n},
        "left_out": dict(left_out),
        "graph": {"nodes": streets.nodes, "edges": streets.edges, "points": len(lat),
                  "street_km": round(float(streets.edge_m.sum()) / 1000, 1)},
        "hierarchy": {"up_arcs": climbs.up_arcs, "triangles": climbs.triangles, "slots": climbs.slots},
        "profiles": connected,
        **turns,
    }  # fmt: skip
    return RoadMap(
        version, name, bounds, streets, graph, indexes, climbs, raw.names, raw.restrictions, report
    )


def _write_whole(road_map: RoadMap, folder: Path) -> None:
    """Write beside, then rename: a build that is killed leaves no half map."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep_leftovers(folder.parent)
    aside = folder.parent / f".building-{folder.name}-{os.getpid()}"
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir()
    try:
        _write(road_map, aside)
        if folder.exists() and not is_built(folder):
            shutil.rmtree(folder)  # a damaged map of the same content
        aside.rename(folder)
    except OSError as error:
        if not is_built(folder):  # else someone built the same map meanwhile
            raise MapError(
                f"The map cannot be written to {folder}: {error}.", f"Không ghi được bản đồ vào {folder}."
            ) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write(road_map: RoadMap, folder: Path) -> None:
    arrays = {
        field.name: getattr(part, field.name)
        for part in (road_map.streets, road_map.graph, road_map.indexes, road_map.hierarchy)
        for field in fields(part)
    }
    save_arrays(folder / "graph.npz", arrays)
    restrictions = [restriction_to_json(restriction) for restriction in road_map.restrictions]
    for file_name, content in (
        ("names.json", road_map.names),
        ("restrictions.json", restrictions),
        ("report.json", road_map.report),
    ):
        with (folder / file_name).open("w", encoding="utf-8") as text:
            json.dump(content, text, ensure_ascii=False, indent=1 if file_name == "report.json" else None)
            text.flush()
            os.fsync(text.fileno())


def _sweep_leftovers(out_dir: Path) -> None:
    """Remove what builds left that were killed; those still running keep theirs."""
    for leftover in out_dir.glob(".building-*-*"):
        process = leftover.name.rsplit("-", 1)[-1]
        if process.isdecimal() and not _is_running(int(process)):
            shutil.rmtree(leftover, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
