"""House numbers and alley numbers: `123/45/6` is house 6 of alley 45 of alley 123."""

import re
from typing import Final

from routing.gazetteer.fold import fold

_STEP: Final = r"[a-z]{0,2}\d+[a-z]{0,4}\d{0,3}"
NUMBER: Final = re.compile(rf"^{_STEP}(?:/[a-z0-9]+)*$")
_ALLEY: Final = re.compile(
    r"^(?:hem|ngo|ngach|kiet)\s*(?:so\s+)?([a-z]?\d+(?:bis)?(?:[a-z](?![a-z]))?(?:/\d+(?:[a-z](?![a-z]))?)*)(.*)$"
)
_MORE: Final = re.compile(r"[-–,;+&]")
_ZEROS: Final = re.compile(r"(?<![0-9a-z])0+(?=\d)")
_ROOT: Final = re.compile(r"^[a-z]{0,2}?(\d+)")
_LARGEST: Final = 9_999

Path = tuple[str, ...]


def path_of_sign(raw: str) -> Path:
    """Of what stands on a door: of `12-14` or `12, 14` the first."""
    return path_of(fold(_MORE.split(raw.strip())[0]))


def path_of(folded: str) -> Path:
    """The steps of a number, from the street inwards, without leading zeros; () where it is no number."""
    joined = folded.replace(" ", "")
    if not NUMBER.match(joined):
        return ()
    return tuple(_ZEROS.sub("", step) for step in joined.split("/"))


def root(path: Path) -> int | None:
    """The number on the street, None where it has none that can be compared: a plot such as `b12` has."""
    found = _ROOT.match(path[0]) if path else None
    if found is None or path[0][0].isalpha():
        return None
    number = int(found[1])
    return number if 0 < number <= _LARGEST else None


def alley_of(folded: str) -> tuple[Path, str] | None:
    """The number of an alley and the words behind it, from its folded name: `hem 123/45 nguyen trai`."""
    found = _ALLEY.match(folded)
    if found is None:
        return None
    path = path_of(found[1])
    return (path, found[2].strip(" /")) if path else None


def said(path: Path) -> str:
    """As it stands on the door: `123/45A`."""
    return "/".join(path).upper()
