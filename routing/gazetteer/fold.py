"""Names made comparable: without diacritics, capitals and punctuation, with abbreviations written out.

Callers' words are typed in a hurry: `nguyen trai`, `NGUYEN TRAI` and `Nguyễn Trãi` must be one key. Folding a
folded text changes nothing.
"""

import re
import unicodedata
from typing import Final

_LETTERS: Final = str.maketrans(
    {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "ł": "l", "ß": "ss"}
)
_APOSTROPHES: Final = re.compile(r"['’`´]")
_NOT_KEPT: Final = re.compile(r"[^a-z0-9/]+")
_LOOSE_STROKE: Final = re.compile(r"(?<![a-z0-9])/+|/+(?![a-z0-9])")

_WRITTEN_OUT: Final = {
    "bv": "benh vien", "bvdk": "benh vien da khoa", "kcn": "khu cong nghiep", "kcx": "khu che xuat",
    "kdc": "khu dan cu", "kdt": "khu do thi", "ktx": "ky tuc xa", "dh": "dai hoc", "ubnd": "uy ban nhan dan",
    "cx": "cu xa", "cc": "chung cu", "bx": "ben xe", "cv": "cong vien", "ks": "khach san",
    "tttm": "trung tam thuong mai", "thpt": "trung hoc pho thong", "thcs": "trung hoc co so",
}  # fmt: skip
_JUNCTIONS: Final = {"3": "ba", "4": "tu", "5": "nam", "6": "sau", "7": "bay"}
_ROADS: Final = {"ql": "quoc lo", "tl": "tinh lo", "hl": "huong lo", "xl": "xa lo", "dl": "dai lo"}
_NUMBER_WORDS: Final = {
    "mot": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4", "nam": "5", "sau": "6", "bay": "7", "tam": "8",
    "chin": "9", "muoi": "10",
}  # fmt: skip
_ROAD_NUMBER: Final = re.compile(r"^(ql|tl|hl)(\d+[a-z]?)$")
_DAY: Final = re.compile(r"^(\d{1,2})/(\d{1,2})$")
_STREET_WORDS: Final = (("duong",), ("pho",), ("dai", "lo"), ("d",))


def fold(text: str) -> str:
    """Small Latin letters, digits, single spaces, and strokes within numbers; everything else goes."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    letters = "".join(each for each in plain if not unicodedata.combining(each)).translate(_LETTERS)
    spaced = _NOT_KEPT.sub(" ", _APOSTROPHES.sub("", letters).lower())
    return " ".join(_LOOSE_STROKE.sub(" ", spaced).split())


def place_key(folded: str) -> str:
    """The key of a thing with a name: abbreviations written out, `nga 4` as `nga tu`."""
    words: list[str] = []
    for word in folded.split():
        if words and words[-1] == "nga" and word in _JUNCTIONS:
            word = _JUNCTIONS[word]
        words += _WRITTEN_OUT.get(word, word).split()
    return " ".join(words)


def street_key(folded: str) -> str:
    """The key of a street: `duong so 8`, `d 8` and `so 8` are one, `3/2` and `ba thang hai` another.

    Empty where nothing but the word for a street was said.
    """
    words = folded.split()
    for lead in _STREET_WORDS:
        if tuple(words[: len(lead)]) == lead and len(words) > len(lead):
            words = words[len(lead) :]
            break
    words = _with_roads(words)
    words = _with_days(words)
    if len(words) == 1 and re.fullmatch(r"\d+[a-z]?", words[0]):
        words = ["so", *words]
    if len(words) == 2 and words[0] == "so":
        words = ["so", words[1].lstrip("0") or "0"]
    return " ".join(words) if words not in (["duong"], ["pho"], ["d"]) else ""


def _with_roads(words: list[str]) -> list[str]:
    """`ql1a`, `ql 1a` and `quoc lo 1 a` are one."""
    out: list[str] = []
    for place, word in enumerate(words):
        glued = _ROAD_NUMBER.match(word)
        if glued:
            out += [*_ROADS[glued[1]].split(), glued[2]]
        elif word in _ROADS and place + 1 < len(words):
            out += _ROADS[word].split()
        elif word == "ng" and place == 0 and len(words) > 1:
            out.append("nguyen")
        else:
            out.append(word)
    if len(out) == 4 and out[1] == "lo" and out[2].isdigit() and len(out[3]) == 1:
        out[2:] = [out[2] + out[3]]
    return out


def _with_days(words: list[str]) -> list[str]:
    """Streets named after a day: `3/2`, `3 2`, `3 thang 2`, `ba thang hai`; and `cach mang thang tam`."""
    if len(words) == 1 and (day := _DAY.match(words[0])):
        return [str(int(day[1])), "thang", str(int(day[2]))]
    if len(words) == 2 and all(word.isdigit() and len(word) <= 2 for word in words):
        return [str(int(words[0])), "thang", str(int(words[1]))]
    if "thang" in words[1:-1]:
        at = words.index("thang", 1)
        told = [0, 2] if at == 1 else [at + 1]  # before and after in `ba thang hai`
        spelt = {place: _NUMBER_WORDS.get(words[place], words[place]) for place in told}
        words = [spelt.get(place, word) for place, word in enumerate(words)]
        return [str(int(word)) if word.isdigit() else word for word in words]
    return words


def initials(key: str) -> tuple[str, ...]:
    """What people write of a long street name: `ntmk`; `cmt8` and `cmtt`. () for names of less than three
    words."""
    words = key.split()
    if len(words) < 3 or words[0].isdigit():
        return ()
    with_digits = "".join(word if word[0].isdigit() else word[0] for word in words)
    spelt = {digit: word[0] for word, digit in _NUMBER_WORDS.items() if word != "tu"}
    all_letters = "".join(spelt.get(word, word[0]) for word in words)
    return tuple(dict.fromkeys((with_digits, all_letters)))
