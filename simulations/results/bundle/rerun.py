"""Make a bundle anew from its inputs alone, and compare: replications, rows and report.

Of what it holds only the inputs are believed. The replications are played where there are none yet, and the
rows and the report are made of those.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from pyarrow import ArrowException, parquet

from simulations.experiment.inputs import read_inputs
from simulations.experiment.run import run
from simulations.results.bundle.manifest import outputs_of, replications_of
from simulations.results.bundle.verify import opened
from simulations.results.report.page import write_report
from simulations.results.versions import versions
from simulations.results.write_rows import write_rows

ROWS_BY = "pyarrow"
"""Another version of it may write the same rows with other bytes."""


@dataclass(frozen=True, slots=True)
class Again:
    """same, differ : replications that came out with the same bits, and those that did not
    outputs  : rows and report that are not what comes of the replications
    versions : what is other here, as (name, then, now)
    """

    same: int
    differ: tuple[str, ...]
    outputs: tuple[str, ...]
    versions: tuple[tuple[str, str, str], ...]


def rerun(
    path: Path,
    jobs: int | None = None,
    done: Callable[[int, int], None] = lambda count, of: None,
    signer: Path | None = None,
) -> Again:
    """In a folder that goes away again. signer: a public key that has to have signed it

    Raises BadBundle, OSError, ValueError.
    """
    with TemporaryDirectory(prefix="vigil-bundle-") as kept, opened(path, signer) as (checked, archive):
        manifest, folder = checked.manifest, Path(kept)
        for name in manifest.inputs:
            _unpack(archive, name, folder / name)
        run(folder, jobs, done)
        inputs = read_inputs(folder)
        csv = any(name.endswith(".csv") for name in manifest.outputs)
        for kind in ("parquet", "csv") if csv else ("parquet",):
            write_rows(folder, inputs, kind)
        then, here = manifest.versions, versions()
        write_report(folder, inputs, {name: then[name] for name in [*here, *then] if name in then})
        ours, theirs = replications_of(folder, inputs), manifest.replications
        differ = _other(ours, theirs)
        others = tuple(
            (name, its, here.get(name, "none")) for name, its in then.items() if here.get(name, "none") != its
        )
        outputs = [
            name
            for name in _other(outputs_of(folder), manifest.outputs)
            if not (
                any(each == ROWS_BY for each, _, _ in others)
                and name.endswith(".parquet")
                and _same_rows(folder / name, archive, name)
            )
        ]
    return Again(len(theirs.keys() - set(differ)), tuple(differ), tuple(outputs), others)


def _other(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    return sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))


def _unpack(archive: ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(name) as packed, target.open("wb") as file:
        copyfileobj(packed, file)


def _same_rows(ours: Path, archive: ZipFile, name: str) -> bool:
    """Group by group, so any length fits."""
    theirs = ours.with_name(f"{ours.name}.theirs")
    _unpack(archive, name, theirs)
    try:
        with parquet.ParquetFile(ours) as one, parquet.ParquetFile(theirs) as other:
            if one.num_row_groups != other.num_row_groups or not one.schema_arrow.equals(other.schema_arrow):
                return False
            return all(
                one.read_row_group(number).equals(other.read_row_group(number))
                for number in range(one.num_row_groups)
            )
    except (ArrowException, ValueError):
        return False  # not even a table
