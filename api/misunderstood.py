"""Words for orders that do not have the shape they should: which part, and what is wanted there."""

from collections.abc import Mapping, Sequence
from typing import Any

from api.in_words import number

Words = dict[str, str]

NUMBER = {"en": "a number is wanted", "vi": "cần một số"}
WHOLE = {"en": "a whole number is wanted", "vi": "cần một số nguyên"}
TEXT = {"en": "a text is wanted", "vi": "cần một đoạn chữ"}
OBJECT = {"en": "an object is wanted", "vi": "cần một đối tượng"}
LIST = {"en": "a list is wanted", "vi": "cần một danh sách"}
UUID = {"en": "is not a UUID", "vi": "không phải là UUID"}
MOMENT = {"en": "a time with its zone is wanted", "vi": "cần thời điểm kèm múi giờ"}
JSON = {"en": "this is not JSON", "vi": "đây không phải là JSON"}

PLACE_SHAPE = r"^-?\d{1,3}(\.\d+)?,-?\d{1,3}(\.\d+)?$"
PROFILE_SHAPE = "^(van|motorbike)(_normal)?$"

SHAPES: Mapping[str, Words] = {
    PLACE_SHAPE: {
        "en": "must be a latitude and a longitude such as 10.77,106.70",
        "vi": "cần vĩ độ và kinh độ, ví dụ 10.77,106.70",
    },
    PROFILE_SHAPE: {
        "en": "must be one of van, motorbike, van_normal, motorbike_normal",
        "vi": "phải là một trong van, motorbike, van_normal, motorbike_normal",
    },
}
"""What a pattern means, for people."""

WANTED: Mapping[str, Words] = {
    "missing": {"en": "is missing", "vi": "còn thiếu"},
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_from_float": WHOLE,
    "int_parsing_size": WHOLE,
    "string_type": TEXT,
    "string_unicode": TEXT,
    "model_type": OBJECT,
    "model_attributes_type": OBJECT,
    "dict_type": OBJECT,
    "list_type": LIST,
    "tuple_type": LIST,
    "uuid_type": UUID,
    "uuid_parsing": UUID,
    "timezone_aware": MOMENT,
    "datetime_type": MOMENT,
    "datetime_parsing": MOMENT,
    "datetime_from_date_parsing": MOMENT,
    "datetime_object_invalid": MOMENT,
    "json_invalid": JSON,
    "string_too_long": {"en": "at most {max_length} characters", "vi": "nhiều nhất {max_length} ký tự"},
    "string_too_short": {"en": "at least {min_length} characters", "vi": "ít nhất {min_length} ký tự"},
    "string_pattern_mismatch": {"en": "does not have the shape wanted", "vi": "không đúng dạng"},
    "too_long": {"en": "at most {max_length} entries", "vi": "nhiều nhất {max_length} mục"},
    "too_short": {"en": "at least {min_length} entries", "vi": "ít nhất {min_length} mục"},
    "literal_error": {"en": "must be one of {expected}", "vi": "phải là một trong {expected}"},
    "less_than_equal": {"en": "at most {le}", "vi": "nhiều nhất {le}"},
    "greater_than_equal": {"en": "at least {ge}", "vi": "ít nhất {ge}"},
    "less_than": {"en": "below {lt}", "vi": "phải nhỏ hơn {lt}"},
    "greater_than": {"en": "above {gt}", "vi": "phải lớn hơn {gt}"},
    "before_2000": {"en": "is before the year 2000", "vi": "trước năm 2000"},
    "after_2200": {"en": "is after the year 2200", "vi": "sau năm 2200"},
}
LEAD = {"en": "Not understood: ", "vi": "Không hiểu dữ liệu gửi lên: "}
PLACES = ("body", "query", "path", "header")

OF_HTTP: Mapping[int, Words] = {
    400: {
        "en": LEAD["en"] + "this is not JSON in UTF-8.",
        "vi": LEAD["vi"] + "đây không phải là JSON UTF-8.",
    },
    404: {"en": "Nothing is known under this address.", "vi": "Không có gì ở địa chỉ này."},
    405: {"en": "This address does not know that method.", "vi": "Địa chỉ này không có phương thức đó."},
}
"""For what the framework refuses before anything of ours was asked."""

PLAIN = frozenset({"Not Found", "Method Not Allowed", "There was an error parsing the body"})
"""What the framework says itself, in place of a sentence."""


def sentence(faults: Sequence[Mapping[str, Any]], language: str) -> str:
    """The first three faults in the reader's language; what we have no words for, in the library's."""
    said = [f"{_where(fault)}: {_wanted(fault, language)}" for fault in faults[:3]]
    return LEAD[language] + "; ".join(said) + "."


def _where(fault: Mapping[str, Any]) -> str:
    place = list(fault["loc"])
    if place and place[0] in PLACES:
        place = place[1:]
    if fault["type"] == "json_invalid":
        place = []  # the library names the byte at which it gave up
    return ".".join(str(part)[:40] for part in place[:6]) or "body"


def _wanted(fault: Mapping[str, Any], language: str) -> str:
    context = {
        name: number(value, language) if isinstance(value, float) else value
        for name, value in (fault.get("ctx") or {}).items()
    }
    known = SHAPES.get(context.get("pattern", "")) or WANTED.get(fault["type"])
    if known is None:
        return str(fault["msg"])
    return known[language].format_map(context)
