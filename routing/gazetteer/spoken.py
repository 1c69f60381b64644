"""The words of Vietnamese addresses, folded: for wards and districts, for what is near, for crossings and
things."""

import re
from typing import Final

GENERIC: Final = {
    "cho",
    "truong",
    "chua",
    "nha tho",
    "benh vien",
    "cau",
    "cong vien",
    "ubnd",
    "tram xang",
    "cay xang",
}
"""Near a market: there are hundreds."""

CITY: Final = re.compile(
    r"(?:^|(?<= ))(?:(?:thanh pho |tp ?)ho chi minh(?: city)?|ho chi minh city|tphcm|tp ?hcm|hcmc|hcm"
    r"|viet ?nam|vn)$"
)
CITY_ALONE: Final = ("ho chi minh", "sai gon", "saigon", "tp sai gon", "thanh pho sai gon", "sg", "tp sg")
RANGE: Final = re.compile(r"(?<![\d/])(\d+[A-Za-z]?)\s*[-–]\s*(\d+[A-Za-z]?)(?![\d/])")
UNIT: Final = re.compile(
    r"\b(?:(?:lau|tang|phong|can ho|can)\s+(?:so\s+)?[a-z]?\d+[a-z0-9]*|p\s?\d{3,4}(?=\s|$)|"
    r"(?:block|toa nha|toa|thap)\s+(?:[a-z]\d*|\d+[a-z]?)(?=\s|$)|lo\s+[a-z]\d*(?=\s|$))"
)
WARD_WORDS: Final = {
    ("phuong",): "phuong", ("p",): "phuong", ("f",): "phuong", ("ph",): "phuong", ("xa",): "xa",
    ("thi", "tran"): "thi tran", ("tt",): "thi tran", ("dac", "khu"): "dac khu",
}  # fmt: skip
DISTRICT_WORDS: Final = {
    ("quan",): "quan", ("q",): "quan", ("huyen",): "huyen", ("h",): "huyen", ("thi", "xa"): "thi xa",
    ("tx",): "thi xa", ("thanh", "pho"): "thanh pho", ("tp",): "thanh pho",
}  # fmt: skip
SAID_WHOLE: Final = ("phuong", "huyen", "thi", "dac")
"""Words that begin an area even where the map knows none of that name."""
GLUED: Final = re.compile(r"^(p|f|q)(\d{1,2})$")
BESIDE: Final = (
    "doi dien voi", "doi dien", "ben canh", "canh ben", "ke ben", "gan ben", "gan",
)  # fmt: skip
BESIDE_AT_FRONT: Final = (
    "canh", "sat ben", "sat", "sau lung", "phia sau", "phia truoc", "truoc cong", "truoc mat", "ngay truoc",
    "ngay canh", "ngay", "truoc", "ke",
)  # fmt: skip
WITH_MARKS: Final = {"canh": ("cạnh",), "sat": ("sát",), "gan": ("gần",)}
CORNER_WORDS: Final = (
    "nga tu duong", "nga ba duong", "nga tu", "nga ba", "nga nam", "nga sau", "nga bay", "nga 3", "nga 4",
    "nga 5", "nga 6", "nga 7", "giao lo", "vong xoay", "bung binh", "goc nga tu", "goc duong", "goc",
    "cho giao nhau",
)  # fmt: skip
CROSSED: Final = re.compile(r" (?:x|giao voi|giao nhau voi|giao|cat|va|voi) ")
SURELY_CROSSED: Final = re.compile(r" (?:x|giao voi|giao nhau voi|giao|cat) ")
THINGS: Final = (
    "benh vien", "bv", "cho", "chua", "truong", "nha tho", "cau", "chung cu", "cc", "cong vien", "khach san",
    "ks", "sieu thi", "ben xe", "bx", "san bay", "ga", "khu cong nghiep", "kcn", "khu che xuat", "kcx",
    "khu dan cu", "kdc", "dai hoc", "dh", "ubnd", "uy ban nhan dan", "tram y te", "dinh", "mieu", "ngan hang",
    "cu xa", "cx", "cong ty", "trung tam", "toa nha", "nha hang", "ky tuc xa", "ktx", "nha hat", "bao tang",
    "buu dien", "bai xe", "ben pha",
)  # fmt: skip
"""Words that begin the name of a thing, not of a street."""
DAYS: Final = {
    ("3", "2"), ("8", "3"), ("26", "3"), ("30", "4"), ("1", "5"), ("19", "5"), ("27", "7"), ("19", "8"),
    ("2", "9"), ("23", "9"), ("20", "11"), ("22", "12"),
}  # fmt: skip
"""Days that streets are named after."""
DASH: Final = re.compile(r"\s[-–]\s")
SUFFIX: Final = re.compile(r"bis|[abcefgijklmnorstuvwyz]")
"""What may follow a number after a space; `d`, `h`, `p`, `q` and `x` stand for other words."""
DAY_STREET: Final = re.compile(r"^\d{1,2}/\d{1,2}$")
