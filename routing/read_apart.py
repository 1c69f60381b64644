"""Read a map file in a process of its own: a broken PBF can end the process that reads it.

The library that decodes PBF trusts what it decodes: a flipped bit may make it read beyond its memory, and
the process is gone. So PBF files are read by a child; if that ends without an answer, the file is refused
like any other that is damaged. XML is checked by its parser and read here.
"""

import os
import pickle
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from routing.errors import MapError, unreadable_vi
from routing.read_osm import Progress, RawStreets, read_osm

ROOT = Path(__file__).resolve().parents[1]


def read_safely(source: Path, progress: Progress) -> RawStreets:
    """As `read_osm`; raises MapError too where reading the file ended the process."""
    if not source.name.lower().endswith(".pbf"):
        return read_osm(source, progress)
    with TemporaryDirectory(prefix="vigil-read-") as folder:
        answer = Path(folder) / "streets.pickle"
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        order = [sys.executable, "-m", "routing.read_apart", str(source.absolute()), str(answer)]
        with subprocess.Popen(
            order, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8",
            env={**os.environ, "PYTHONPATH": path},
        ) as child:  # fmt: skip
            assert child.stdout is not None
            for line in child.stdout:
                stage, _, share = line.rstrip("\n").rpartition("\t")
                progress(stage, float(share))
        if child.returncode != 0 or not answer.is_file():
            raise MapError(
                f"{source.name} cannot be read as OpenStreetMap data: it is damaged, "
                f"and reading it broke off (code {child.returncode}).",
                unreadable_vi(source),
            )
        streets: RawStreets | MapError = pickle.loads(answer.read_bytes())  # written by our own child
    if isinstance(streets, MapError):
        raise streets
    return streets


def main(source: Path, answer: Path) -> None:
    """The child: leave the streets, or the refusal, in `answer`."""

    def tell(stage: str, share: float) -> None:
        sys.stdout.write(f"{stage}\t{share}\n")
        sys.stdout.flush()

    streets: RawStreets | MapError
    try:
        streets = read_osm(source, tell)
    except MapError as refusal:
        streets = refusal
    answer.write_bytes(pickle.dumps(streets, protocol=pickle.HIGHEST_PROTOCOL))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
