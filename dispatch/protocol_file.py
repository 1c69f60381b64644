"""Question cards from TOML. A card that contradicts itself is refused with a sentence."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from typing import Any

from dispatch.policies.triage import AnswerCard, Determinant, Protocol, Question, Rule, Words
from domain.city import CAPABILITIES, SPECIALITIES
from domain.values import BedKind, Needs, Priority

Table = Mapping[str, Any]

_NAMES = {str: "text", int: "a whole number", bool: "true or false"}


class ProtocolError(ValueError):
    """A card that cannot be used, with the sentence that says why."""


def shipped_protocols() -> dict[str, Protocol]:
    """The cards that come with Vigil, by id."""
    cards = {}
    for entry in sorted(resources.files("dispatch.protocols").iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            card = parse_protocol(entry.read_text(encoding="utf-8"), entry.name)
            cards[card.id] = card
    return cards


def parse_protocol(text: str, name: str) -> Protocol:
    """One card. Raises ProtocolError naming the file and the fault."""
    try:
        card = _protocol(tomllib.loads(text))
    except tomllib.TOMLDecodeError as fault:
        raise ProtocolError(f"{name}: not TOML: {fault}") from None
    except KeyError as missing:
        raise ProtocolError(f"{name}: {missing} is missing.") from None
    except ValueError as fault:
        raise ProtocolError(f"{name}: {fault}") from None
    for sentence in _disagreements(card):
        raise ProtocolError(f"{name}: {sentence}")
    return card


def _protocol(raw: Table) -> Protocol:
    determinants = raw["determinant"]
    if not isinstance(determinants, dict) or not all(
        isinstance(each, dict) for each in determinants.values()
    ):
        raise ValueError("determinant must be a table of tables.")
    return Protocol(
        id=_the(raw, "id", str),
        version=_the(raw, "version", int),
        title=_words(raw["title"], "title"),
        signed_off=_the(raw, "signed_off", bool),
        questions=tuple(_question(question) for question in _tables(raw, "question")),
        rules=tuple(_rule(rule) for rule in _tables(raw, "rule")),
        determinants={code: _determinant(code, entry) for code, entry in determinants.items()},
        otherwise=_the(raw, "otherwise", str),
    )


def _question(raw: Table) -> Question:
    its_id = _the(raw, "id", str)
    answers = []
    for card in _tables(raw, "answers"):
        value = _the(card, "value", str)
        answers.append(AnswerCard(value, _words(card["text"], f"question {its_id}, answer {value}, text")))
    return Question(its_id, _words(raw["text"], f"question {its_id}, text"), tuple(answers))


def _rule(raw: Table) -> Rule:
    when = raw["when"]
    # Without a condition a rule would hold for everybody and hide those below it.
    if not isinstance(when, dict) or not when or not all(isinstance(each, str) for each in when.values()):
        raise ValueError("a rule must say when = { question = answer }.")
    return Rule(when, _the(raw, "determinant", str))


def _determinant(code: str, raw: Table) -> Determinant:
    where = f"determinant {code}"
    capabilities = raw.get("capabilities", ["BLS", "transport"])
    if not isinstance(capabilities, list) or not all(isinstance(each, str) for each in capabilities):
        raise ValueError(f"{where}: capabilities must be a list of texts.")
    for capability in capabilities:
        if capability not in CAPABILITIES:
            raise ValueError(f"{where}: '{capability}' is no capability of a unit.")
    speciality = raw.get("speciality")
    if speciality is not None and speciality not in SPECIALITIES:
        raise ValueError(f"{where}: '{speciality}' is no speciality.")
    try:
        priority = Priority(raw["priority"]).value if "priority" in raw else None
        bed_kind = BedKind(raw["bed_kind"]).value if "bed_kind" in raw else None
    except ValueError as fault:
        raise ValueError(f"{where}: {fault}.") from None
    instructions = raw.get("instructions", [])
    if not isinstance(instructions, list):
        raise ValueError(f"{where}: instructions must be a list.")
    return Determinant(
        code=code,
        title=_words(raw["title"], f"{where}, title"),
        priority=priority,
        needs=Needs(tuple(capabilities), bed_kind, speciality),
        instructions=tuple(_words(each, f"{where}, instruction") for each in instructions),
    )


def _the(raw: Table, field: str, kind: type) -> Any:
    value = raw[field]
    if type(value) is not kind:  # bool is an int to isinstance
        raise ValueError(f"{field} must be {_NAMES[kind]}, not {value!r}.")
    return value


def _words(value: object, where: str) -> Words:
    if not isinstance(value, dict) or not all(
        isinstance(value.get(language), str) and value[language].strip() for language in ("vi", "en")
    ):
        raise ValueError(f"{where} needs words in vi and en.")
    return value


def _tables(raw: Table, field: str) -> list[Table]:
    tables = raw[field]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ValueError(f"{field} must be a list of tables.")
    return tables


def _disagreements(card: Protocol) -> Iterator[str]:
    yield from (f"the question {name} is asked twice." for name in _twice(q.id for q in card.questions))
    for question in card.questions:
        for value in _twice(answer.value for answer in question.answers):
            yield f"question {question.id} has the answer {value} twice."
    known = {question.id: {answer.value for answer in question.answers} for question in card.questions}
    for rule in card.rules:
        for asked, answer in rule.when.items():
            if answer not in known.get(asked, set()):
                yield f"a rule asks for {asked} = {answer}, which no question has."
        if rule.determinant not in card.determinants:
            yield f"a rule leads to {rule.determinant}, which is not described."
    if card.otherwise not in card.determinants:
        yield f"otherwise leads to {card.otherwise}, which is not described."


def _twice(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    again = []
    for name in names:
        if name in seen:
            again.append(name)
        seen.add(name)
    return again
