"""Check a bundle: is it whole, is it what was signed, and by whom; and does it come out the same again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile
from zlib import error as NotPacked

import msgspec

from simulations.experiment.inputs import read_inputs
from simulations.experiment.run import run
from simulations.results.bundle.keys import Signature, check, fingerprint
from simulations.results.bundle.manifest import BadBundle, Manifest, from_bytes, replications_of
from simulations.results.bundle.pack import MANIFEST, SIGNATURE
from simulations.results.versions import versions

MOST_BYTES = 100 << 20
"""A manifest of twenty rivals and ten thousand replications has a fifth of that."""


@dataclass(frozen=True, slots=True)
class Checked:
    manifest: Manifest
    public_key: str

    @property
    def signer(self) -> str:
        return fingerprint(self.public_key)


@dataclass(frozen=True, slots=True)
class Again:
    """differ : replications that came out otherwise; versions: what is other here, as (name, then, now)"""

    same: int
    differ: tuple[str, ...]
    versions: tuple[tuple[str, str, str], ...]


def verify(path: Path, signer: Path | None = None) -> Checked:
    """signer : a public key that has to have signed it

    Raises BadBundle with what is wrong, OSError.
    """
    try:
        with ZipFile(path) as archive:
            text, signed = _head(archive)
            check(text, signed)
            manifest = from_bytes(text)
            _whole(archive, manifest)
    except (BadZipFile, NotPacked, EOFError, NotImplementedError):
        raise BadBundle(f"{path.name} is no bundle, or it is damaged.") from None
    checked = Checked(manifest, signed.public_key)
    if signer is not None and fingerprint(signer.read_text(encoding="utf-8")) != checked.signer:
        raise BadBundle(f"It is signed by {checked.signer}, not by the key in {signer.name}.")
    return checked


def rerun(
    path: Path, jobs: int | None = None, done: Callable[[int, int], None] = lambda count, of: None
) -> Again:
    """Run the inputs anew, in a folder that goes away again. Raises BadBundle, OSError, ValueError."""
    manifest = verify(path).manifest
    with TemporaryDirectory(prefix="vigil-bundle-") as kept:
        folder = Path(kept)
        with ZipFile(path) as archive:
            for name in manifest.inputs:
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(archive.read(name))
        run(folder, jobs, done)
        ours = replications_of(folder, read_inputs(folder))
    theirs = manifest.replications
    differ = {name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name)}
    here = versions()
    others = tuple(
        (name, then, here.get(name, "none"))
        for name, then in manifest.versions.items()
        if here.get(name, "none") != then
    )
    return Again(len(theirs) - len(differ), tuple(sorted(differ)), others)


def _head(archive: ZipFile) -> tuple[bytes, Signature]:
    names = archive.namelist()
    if MANIFEST not in names or SIGNATURE not in names or len(set(names)) != len(names):
        raise BadBundle("It has no manifest or no signature: this is no bundle.")
    if max(archive.getinfo(name).file_size for name in (MANIFEST, SIGNATURE)) > MOST_BYTES:
        raise BadBundle("Its manifest is larger than any manifest is.")
    try:
        signed = msgspec.json.decode(archive.read(SIGNATURE), type=Signature)
    except msgspec.MsgspecError as fault:
        raise BadBundle(f"The signature cannot be read: {fault}.") from None
    return archive.read(MANIFEST), signed


def _whole(archive: ZipFile, manifest: Manifest) -> None:
    wanted = {**manifest.inputs, **manifest.outputs}
    there = set(archive.namelist()) - {MANIFEST, SIGNATURE}
    if missing := sorted(set(wanted) - there):
        raise BadBundle(f"{missing[0]} is missing.")
    if strange := sorted(there - set(wanted)):
        raise BadBundle(f"{strange[0]} is in it, but nobody signed it.")
    for name, digest in sorted(wanted.items()):
        if name.startswith("/") or ".." in name.split("/") or "\\" in name:
            raise BadBundle(f"{name} would lie outside of the bundle.")
        with archive.open(name) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:  # type: ignore[arg-type]
                raise BadBundle(f"{name} was changed after signing.")
