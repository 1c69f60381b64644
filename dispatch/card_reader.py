"""From the tables of a TOML file to a card; every fault is told with its place."""

from collections.abc import Mapping
from typing import Any, get_args

from dispatch.card_fault import CardFault
from dispatch.policies.card import (
    AnswerCard,
    Condition,
    Danger,
    Determinant,
    Numbers,
    Protocol,
    Question,
    Range,
    Rule,
    Step,
    Test,
    Words,
)
from domain.city import CAPABILITIES, SPECIALITIES
from domain.values import BedKind, Needs, Priority

Table = Mapping[str, Any]

KINDS = ("entry", "complaint", "instructions")
_NAMES = {
    str: ("text", "chữ"),
    int: ("a whole number", "số nguyên"),
    bool: ("true or false", "true hoặc false"),
}


def read_card(raw: Table) -> Protocol:
    """Raises CardFault. Whether the parts fit together is for `card_laws`."""
    determinants = _field(raw, "determinant")
    if not isinstance(determinants, dict) or not all(
        isinstance(each, dict) for each in determinants.values()
    ):
        raise CardFault(
            "determinant must be a table of tables.", "determinant phải là một bảng gồm các bảng."
        )
    return Protocol(
        id=_name(raw, "id"),
        version=_the(raw, "version", int),
        title=_words(_field(raw, "title"), "title"),
        signed_off=_the(raw, "signed_off", bool),
        questions=tuple(_question(question) for question in _tables(raw, "question")),
        rules=tuple(_rule(rule, number) for number, rule in enumerate(_tables(raw, "rule"), 1)),
        determinants={code: _determinant(code, entry) for code, entry in determinants.items()},
        otherwise=_the(raw, "otherwise", str),
        kind=_one_of(raw.get("kind", "complaint"), KINDS, "kind"),  # type: ignore[arg-type]
    )


def _question(raw: Table) -> Question:
    its_id = _name(raw, "id")
    where = f"question {its_id}"
    numbers = _numbers(raw["number"], f"{where}, number") if "number" in raw else None
    answers = []
    for card in _tables(raw, "answers") if numbers is None else []:
        value = _the(card, "value", str)
        answers.append(AnswerCard(value, _words(card.get("text"), f"{where}, answer {value}, text")))
    danger = raw.get("danger")
    return Question(
        id=its_id,
        text=_words(raw.get("text"), f"{where}, text"),
        answers=tuple(answers),
        numbers=numbers,
        ask_when=_condition(raw["ask_when"], f"{where}, ask_when") if "ask_when" in raw else {},
        danger=None if danger is None else _one_of(danger, get_args(Danger), f"{where}, danger"),  # type: ignore[arg-type]
        for_crew=_the(raw, "for_crew", bool) if "for_crew" in raw else False,
    )


def _numbers(raw: object, where: str) -> Numbers:
    ends = (raw.get("least"), raw.get("most")) if isinstance(raw, dict) else (None, None)
    least, most = (_number(end) for end in ends)
    if least is None or most is None or least >= most:
        raise CardFault(
            f"{where} must say {{ least = a number, most = a larger one, unit = words }}.",
            f"{where} phải ghi {{ least = số nhỏ nhất, most = số lớn nhất, unit = đơn vị }}.",
        )
    assert isinstance(raw, dict)
    return Numbers(least, most, _words(raw.get("unit"), f"{where}, unit"))


def _rule(raw: Table, number: int) -> Rule:
    # Without a condition a rule would hold for everybody and hide those below it.
    return Rule(_condition(_field(raw, "when"), f"rule {number}, when"), _the(raw, "determinant", str))


def _condition(raw: object, where: str) -> Condition:
    if isinstance(raw, dict) and raw and all(_is_test(test) for test in raw.values()):
        return {asked: _test(test) for asked, test in raw.items()}
    raise CardFault(
        f"{where}: write {{ question = answer }}, {{ question = [answers] }} "
        "or { question = { at_least = number, below = number } }.",
        f"{where}: hãy viết {{ câu hỏi = câu trả lời }}, {{ câu hỏi = [các câu trả lời] }} "
        "hoặc { câu hỏi = { at_least = số, below = số } }.",
    )


def _is_test(raw: object) -> bool:
    match raw:
        case str():
            return True
        case list():
            return bool(raw) and all(isinstance(each, str) for each in raw)
        case dict():
            known = set(raw) <= {"at_least", "below"}
            return bool(raw) and known and all(_number(limit) is not None for limit in raw.values())
    return False


def _test(raw: Any) -> Test:
    match raw:
        case str():
            return (raw,)
        case dict():
            return Range(_number(raw.get("at_least")), _number(raw.get("below")))
    return tuple(raw)


def _determinant(code: str, raw: Table) -> Determinant:
    where = f"determinant {code}"
    capabilities = raw.get("capabilities", ["BLS", "transport"])
    if not isinstance(capabilities, list) or not all(isinstance(each, str) for each in capabilities):
        raise CardFault(
            f"{where}: capabilities must be a list of texts.", f"{where}: capabilities phải là danh sách chữ."
        )
    for capability in capabilities:
        if capability not in CAPABILITIES:
            raise CardFault(
                f"{where}: '{capability}' is no capability of a unit.",
                f"{where}: '{capability}' không phải là khả năng của kíp xe.",
            )
    speciality = raw.get("speciality")
    if speciality is not None and speciality not in SPECIALITIES:
        raise CardFault(
            f"{where}: '{speciality}' is no speciality.", f"{where}: '{speciality}' không phải chuyên khoa."
        )
    try:
        priority = Priority(raw["priority"]).value if "priority" in raw else None
        bed_kind = BedKind(raw["bed_kind"]).value if "bed_kind" in raw else None
    except ValueError as fault:
        raise CardFault(f"{where}: {fault}.", f"{where}: giá trị không hợp lệ ({fault}).") from None
    instructions = raw.get("instructions", [])
    if not isinstance(instructions, list):
        raise CardFault(f"{where}: instructions must be a list.", f"{where}: instructions phải là danh sách.")
    return Determinant(
        code=code,
        title=_words(raw.get("title"), f"{where}, title"),
        priority=priority,
        needs=Needs(tuple(capabilities), bed_kind, speciality),
        instructions=tuple(_step(each, n, where) for n, each in enumerate(instructions, 1)),
        plan=_name(raw, "plan") if "plan" in raw else (priority or "none").lower(),
        leads_to=_name(raw, "leads_to") if "leads_to" in raw else None,
    )


def _step(raw: object, number: int, where: str) -> Step:
    text = _words(raw, f"{where}, instruction")
    assert isinstance(raw, dict)
    beats, every_s = raw.get("metronome_bpm"), raw.get("every_s")
    for field, value in (("metronome_bpm", beats), ("every_s", every_s)):
        if value is not None and (type(value) is not int or not 1 <= value <= 3600):
            raise CardFault(
                f"{where}, instruction {number}: {field} must be a whole number from 1 to 3600.",
                f"{where}, hướng dẫn {number}: {field} phải là số nguyên từ 1 đến 3600.",
            )
    its_id = _name(raw, "id") if "id" in raw else str(number)
    return Step(its_id, {"vi": text["vi"], "en": text["en"]}, beats, every_s)


def _number(raw: object) -> float | None:
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < 1e9:
        return float(raw)
    return None


def _field(raw: Table, field: str) -> Any:
    if field not in raw:
        raise CardFault(f"'{field}' is missing.", f"thiếu '{field}'.")
    return raw[field]


def _the(raw: Table, field: str, kind: type) -> Any:
    value = _field(raw, field)
    if type(value) is not kind:  # bool is an int to isinstance
        en, vi = _NAMES[kind]
        raise CardFault(
            f"{field} must be {en}, not {value!r}.", f"{field} phải là {vi}, không phải {value!r}."
        )
    return value


def _name(raw: Table, field: str) -> str:
    """A word that goes into addresses and into the log: letters of ASCII, digits, and low lines."""
    value: str = _the(raw, field, str)
    if not (value.isascii() and value.replace("_", "").isalnum() and len(value) <= 60):
        raise CardFault(
            f"{field} must be a word of a-z, 0-9 and _, not {value!r}.",
            f"{field} phải là một từ gồm a-z, 0-9 và _, không phải {value!r}.",
        )
    return value


def _one_of(value: object, known: tuple[str, ...], where: str) -> str:
    if value not in known:
        said = ", ".join(known)
        raise CardFault(f"{where} must be one of {said}.", f"{where} phải là một trong: {said}.")
    return str(value)


def _words(value: object, where: str) -> Words:
    if not isinstance(value, dict) or not all(
        isinstance(value.get(language), str) and value[language].strip() for language in ("vi", "en")
    ):
        raise CardFault(f"{where} needs words in vi and en.", f"{where} cần có chữ cho cả vi và en.")
    return value


def _tables(raw: Table, field: str) -> list[Table]:
    tables = _field(raw, field)
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CardFault(f"{field} must be a list of tables.", f"{field} phải là danh sách các bảng.")
    return tables
