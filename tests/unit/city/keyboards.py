"""Two Vietnamese keyboards, simplified: what comes out when plain keys go in.

A twin of `domain.typed_text`, which only judges. These compose: hats, horns, bars and tones, without the
spelling check by which real keyboards sometimes give plain letters back.
"""

import unicodedata

TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
HAT, HORN, BREVE = "\u0302", "\u031b", "\u0306"


def typed_with_telex(keys: str) -> str:
    letters: list[str] = []
    for key in keys:
        small = key.lower()
        if small in TONES and _mark(letters, "aeiouy", TONES[small]):
            continue
        if small in "aeo" and _mark(letters, small, HAT):
            continue
        if small == "d" and _bar(letters):
            continue
        if small == "w":
            if not (_mark(letters, "ou", HORN) or _mark(letters, "a", BREVE)):
                letters.append("ư" if key == "w" else "Ư")
            continue
        letters.append(key)
    return unicodedata.normalize("NFC", "".join(letters))


def typed_with_vni(keys: str) -> str:
    letters: list[str] = []
    for key in keys:
        marked = (
            (key in VNI_TONES and _mark(letters, "aeiouy", VNI_TONES[key]))
            or (key == "6" and _mark(letters, "aeo", HAT))
            or (key == "7" and _mark(letters, "ou", HORN))
            or (key == "8" and _mark(letters, "a", BREVE))
            or (key == "9" and _bar(letters))
        )
        if not marked:
            letters.append(key)
    return unicodedata.normalize("NFC", "".join(letters))


def _mark(letters: list[str], which: str, mark: str) -> bool:
    """Put `mark` on the last letter that is one of `which`, and say whether there was one."""
    for place in reversed(range(len(letters))):
        if letters[place][0].lower() in which:
            letters[place] += mark
            return True
    return False


def _bar(letters: list[str]) -> bool:
    for place, letter in enumerate(letters):
        if letter in "dD":
            letters[place] = "đ" if letter == "d" else "Đ"
            return True
    return False
