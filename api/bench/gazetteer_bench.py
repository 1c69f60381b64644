"""`vigil bench gazetteer`: how quickly addresses are found, beside a plain scan of all names."""

import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from api.bench import rounds
from api.bench.rows import Figure, figure, quantile, timed, value
from dispatch.city_file import load_city
from routing.gazetteer import tables
from routing.gazetteer.build import build
from routing.gazetteer.city_names import CityNames, names_of_city
from routing.gazetteer.find import OfflineGazetteer
from routing.gazetteer.fold import fold
from routing.gazetteer.tables import Tables

QUESTIONS = 400
SCANNED = 80
"""So many of them are asked of the plain scan, which takes its time."""
SEED = 1130


def bench_gazetteer(source: Path, city: Path | None, say: Callable[[str], None]) -> list[Figure]:
    """Questions drawn from the map: houses, alleys, streets, things; half without diacritics, a third with a
    slip. No question is asked twice, so nothing is remembered."""
    with tempfile.TemporaryDirectory(prefix="vigil-bench-") as scratch:
        folder = Path(scratch)
        say(f"Reading the names of {source.name} ...")
        built_s = timed(lambda: build(source, folder), 1)
        kept = tables.load(folder)
        assert kept is not None
        names = names_of_city(load_city(city), city) if city else CityNames()
        opened_s = timed(lambda: OfflineGazetteer(kept, names), 3)
        gazetteer, scan = OfflineGazetteer(kept, names), OfflineGazetteer(kept, names, scanning=True)
        asked = questions(kept)
        say(f"Asking {len(asked)} questions of {len(kept.entry_name)} entries ...")
        with rounds.no_collecting():
            found = [timed(partial(gazetteer.find, said), 1)[0] for said in asked]
            plain = [timed(partial(scan.find, said), 1)[0] for said in asked[:SCANNED]]
            spots = [
                gazetteer.index.position(gazetteer.index.xy(i)) for i in range(0, len(kept.entry_name), 41)
            ]
            back = [timed(partial(gazetteer.reverse, spot), 1)[0] for spot in spots]
        size = (folder / tables.FILE).stat().st_size
    rows = [
        figure("gazetteer.find", found, ("plain scan", plain)),
        value(
            "gazetteer.find_p95",
            len(found),
            "s",
            quantile(found, 0.95),
            ("plain scan", quantile(plain, 0.95)),
        ),
        figure("gazetteer.reverse", back, None),
        figure("gazetteer.open", opened_s, None),
        figure("gazetteer.build", built_s, None),
        value("gazetteer.file", 1, "bytes", float(size)),
    ]
    return [replace(row, map=source.name.split(".")[0]) for row in rows]


def questions(kept: Tables, count: int = QUESTIONS) -> list[str]:
    """Different things that callers might say of this map, from a fixed seed."""
    chance = np.random.default_rng(SEED)
    asked: dict[str, None] = {}
    for entry in chance.permutation(len(kept.entry_name)).tolist():
        name = kept.said(int(kept.entry_name[entry]))
        first, last = int(kept.house_first[entry]), int(kept.house_first[entry + 1])
        if last > first:
            name = f"{kept.said(int(kept.house_path[int(chance.integers(first, last))]))} {name}"
        elif kept.entry_kind[entry] == tables.STREET:
            name = f"{int(chance.integers(1, 400))} {name}"
        if chance.random() < 0.5:
            name = fold(name)
        if chance.random() < 1 / 3 and len(name) > 6:
            place = int(chance.integers(3, len(name) - 1))
            name = name[:place] + name[place + 1 :]
        if fold(name):
            asked.setdefault(name)
        if len(asked) == count:
            break
    return list(asked)
