"""Check a bundle: is it whole, as it was signed, and by whom; and does it say of itself what is in it."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from zipfile import BadZipFile, ZipFile
from zlib import error as NotPacked

import msgspec

from simulations.experiment.file import BadExperiment, of_text
from simulations.experiment.inputs import EXPERIMENT, INPUTS, WORDS, Words
from simulations.results.bundle.keys import Signature, check, fingerprint
from simulations.results.bundle.manifest import (
    ALWAYS_MADE,
    MADE,
    BadBundle,
    Manifest,
    from_bytes,
    map_data_of,
)
from simulations.results.bundle.pack import MANIFEST, SIGNATURE

MOST_BYTES: Final = 100 << 20
"""A manifest of twenty rivals and ten thousand replications has a fifth of that."""
MOST_INPUTS: Final = 4 << 30
"""Of all inputs unpacked; those of Ho Chi Minh City have a hundredth of that."""


@dataclass(frozen=True, slots=True)
class Checked:
    manifest: Manifest
    public_key: str

    @property
    def signer(self) -> str:
        return fingerprint(self.public_key)


def verify(path: Path, signer: Path | None = None) -> Checked:
    """signer : a public key that has to have signed it

    Raises BadBundle with what is wrong, OSError.
    """
    with opened(path, signer) as (checked, _):
        return checked


@contextmanager
def opened(path: Path, signer: Path | None = None) -> Iterator[tuple[Checked, ZipFile]]:
    """The same, and the file stays open, so that what is read is what was checked."""
    with ExitStack() as open_file:
        try:
            archive = open_file.enter_context(ZipFile(path))
            text, signed = _head(archive)
            check(text, signed)
            manifest = from_bytes(text)
            _whole(archive, manifest)
            _true(archive, manifest)
        except (BadZipFile, NotPacked, EOFError, NotImplementedError):
            raise BadBundle(f"{path.name} is no bundle, or it is damaged.") from None
        checked = Checked(manifest, signed.public_key)
        if signer is not None and fingerprint(signer.read_text(encoding="utf-8")) != checked.signer:
            raise BadBundle(f"It is signed by {checked.signer}, not by the key in {signer.name}.")
        yield checked, archive


def _head(archive: ZipFile) -> tuple[bytes, Signature]:
    names = archive.namelist()
    if MANIFEST not in names or SIGNATURE not in names or len(set(names)) != len(names):
        raise BadBundle("It has no manifest or no signature: this is no bundle.")
    text, told = _small(archive, MANIFEST), _small(archive, SIGNATURE)
    try:
        return text, msgspec.json.decode(told, type=Signature)
    except msgspec.MsgspecError as fault:
        raise BadBundle(f"The signature cannot be read: {fault}.") from None


def _small(archive: ZipFile, name: str) -> bytes:
    """What has to be read in one piece."""
    if archive.getinfo(name).file_size > MOST_BYTES:
        raise BadBundle(f"{name} is larger than any that Vigil writes.")
    return archive.read(name)


def _whole(archive: ZipFile, manifest: Manifest) -> None:
    for name in manifest.inputs:
        if PurePosixPath(name).parts[:1] != (INPUTS,) or not _plain(name):
            raise BadBundle(f"{name} is named as an input, but would lie outside of {INPUTS}.")
    if strange := sorted(set(manifest.outputs) - MADE):
        raise BadBundle(f"{strange[0]} is named as an output, but Vigil makes no such file.")
    needed = {f"{INPUTS}/{EXPERIMENT}", f"{INPUTS}/{WORDS}", *ALWAYS_MADE}
    wanted = {**manifest.inputs, **manifest.outputs}
    there = set(archive.namelist()) - {MANIFEST, SIGNATURE}
    if missing := sorted((set(wanted) | needed) - there) or sorted(needed - set(wanted)):
        raise BadBundle(f"{missing[0]} is missing.")
    if strange := sorted(there - set(wanted)):
        raise BadBundle(f"{strange[0]} is in it, but nobody signed it.")
    if sum(archive.getinfo(name).file_size for name in manifest.inputs) > MOST_INPUTS:
        raise BadBundle("Its inputs are larger than those of any city.")
    for name, digest in sorted(wanted.items()):
        with archive.open(name) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:  # type: ignore[arg-type]
                raise BadBundle(f"{name} was changed after signing.")


def _plain(name: str) -> bool:
    """Whether it leads where it seems to lead, on any machine."""
    return (
        PurePosixPath(name).as_posix() == name and not {"..", "."} & set(name.split("/")) and "\\" not in name
    )


def _true(archive: ZipFile, manifest: Manifest) -> None:
    """What the manifest says of itself is what its inputs say."""
    try:
        asked = of_text(_small(archive, f"{INPUTS}/{EXPERIMENT}").decode("utf-8", "replace"), EXPERIMENT)
        words = msgspec.json.decode(_small(archive, f"{INPUTS}/{WORDS}"), type=Words)
    except (msgspec.MsgspecError, BadExperiment) as fault:
        raise BadBundle(f"Its inputs cannot be read: {fault}") from None
    inside = {
        "question": asked.question,
        "city": asked.city,
        "seed": asked.seed,
        "replications_count": asked.replications,
        "map_version": words.map_version,
        "map_data": map_data_of(words),
    }
    for name, its in inside.items():
        if getattr(manifest, name) != its:
            raise BadBundle(f"The manifest says {name} {getattr(manifest, name)!r}, its inputs say {its!r}.")
