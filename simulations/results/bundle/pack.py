"""Pack an experiment that is done into one file."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import msgspec

from simulations.experiment.inputs import read_inputs
from simulations.experiment.keep import aside
from simulations.results.bundle.keys import sign
from simulations.results.bundle.manifest import as_bytes, manifest_of

MANIFEST, SIGNATURE = "manifest.json", "signature.json"
ALWAYS = (1980, 1, 1, 0, 0, 0)
"""A zip file wants to know when; nobody else does."""


def pack(folder: Path, out: Path, key_file: Path) -> None:
    """The same experiment and key give the same file. Raises BadBundle, OSError, ValueError."""
    manifest = manifest_of(folder, read_inputs(folder))
    text = as_bytes(manifest)
    signed = msgspec.json.encode(sign(text, key_file))
    with aside(out) as half, ZipFile(half, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_entry(MANIFEST), text)
        archive.writestr(_entry(SIGNATURE), signed)
        for name in sorted({**manifest.inputs, **manifest.outputs}):
            archive.writestr(_entry(name), (folder / name).read_bytes())


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, ALWAYS)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
