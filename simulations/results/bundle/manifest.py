"""What a bundle says of itself."""

from pathlib import Path

import msgspec

from simulations.experiment.inputs import INPUTS, Inputs, Words, digests, sha256
from simulations.experiment.replicate import REPLICATIONS, file_of
from simulations.experiment.run import misfits
from simulations.results.report.page import REPORT
from simulations.results.schema import TABLES
from simulations.results.versions import versions
from simulations.results.write_rows import ROWS

FORMAT = "vigil-bundle-2"
MAP_DATA, NO_MAP = "© OpenStreetMap contributors, ODbL 1.0", "a drawn town, no real map"
ALWAYS_MADE = frozenset({REPORT, *(f"{ROWS}/{name}.parquet" for name in TABLES)})
MADE = ALWAYS_MADE | {f"{ROWS}/{name}.csv" for name in TABLES}
"""All that may be among the outputs: whatever else lies beside them, nobody could reckon again."""


class BadBundle(ValueError):
    """The sentence says what is wrong."""


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """inputs, outputs, replications : SHA-256 by path"""

    format: str
    question: str
    city: str
    seed: int
    replications_count: int
    versions: dict[str, str]
    map_version: str
    map_data: str
    inputs: dict[str, str]
    outputs: dict[str, str]
    replications: dict[str, str]


def manifest_of(folder: Path, inputs: Inputs) -> Manifest:
    """Raises BadBundle where something is still to do."""
    asked = inputs.experiment
    for rival, number, why in misfits(folder, len(asked.rivals), asked.replications):
        path = file_of(folder, rival, number)
        if path.exists():
            raise BadBundle(f"{path} {why}: run the experiment once more, which plays it anew.")
        raise BadBundle("Not all replications are there yet: run the experiment to its end first.")
    outputs = outputs_of(folder)
    if not set(outputs) >= ALWAYS_MADE:
        raise BadBundle("Rows or report are missing: run the experiment once more.")
    return Manifest(
        format=FORMAT,
        question=asked.question,
        city=asked.city,
        seed=asked.seed,
        replications_count=asked.replications,
        versions=versions(),
        map_version=inputs.words.map_version,
        map_data=map_data_of(inputs.words),
        inputs={f"{INPUTS}/{name}": digest for name, digest in digests(folder / INPUTS)},
        outputs=outputs,
        replications=replications_of(folder, inputs),
    )


def map_data_of(words: Words) -> str:
    return NO_MAP if words.drawn else MAP_DATA


def outputs_of(folder: Path) -> dict[str, str]:
    """What was made of the replications; SHA-256 by path."""
    return {name: sha256(folder / name) for name in sorted(MADE) if (folder / name).is_file()}


def replications_of(folder: Path, inputs: Inputs) -> dict[str, str]:
    """Those that belong to the experiment; SHA-256 by path."""
    asked = inputs.experiment
    wanted = {
        file_of(folder, rival, number).relative_to(folder / REPLICATIONS).as_posix()
        for rival in range(len(asked.rivals))
        for number in range(asked.replications)
    }
    return {name: digest for name, digest in digests(folder / REPLICATIONS) if name in wanted}


def as_bytes(manifest: Manifest) -> bytes:
    """Always the same for the same: this is what is signed."""
    return msgspec.json.encode(manifest, order="sorted")


def from_bytes(text: bytes) -> Manifest:
    """Raises BadBundle."""
    try:
        found = msgspec.json.decode(text, type=Manifest)
    except msgspec.MsgspecError as fault:
        raise BadBundle(f"The manifest cannot be read: {fault}.") from None
    if found.format != FORMAT:
        raise BadBundle(f"This is a bundle of the format {found.format}; this Vigil reads {FORMAT}.")
    return found
