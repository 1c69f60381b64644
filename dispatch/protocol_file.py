"""Question cards from TOML. A card that contradicts itself is refused with a sentence."""

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from dispatch.policies.triage import AnswerCard, Determinant, Protocol, Question, Rule
from domain.values import BedKind, Needs, Priority


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
        raw = tomllib.loads(text)
        card = _protocol(raw)
    except tomllib.TOMLDecodeError as fault:
        raise ProtocolError(f"{name}: not TOML: {fault}") from None
    except (KeyError, TypeError, ValueError) as fault:
        raise ProtocolError(f"{name}: {fault}") from None
    _agree(card, name)
    return card


def _protocol(raw: Mapping[str, Any]) -> Protocol:
    return Protocol(
        id=raw["id"],
        version=int(raw["version"]),
        title=raw["title"],
        signed_off=bool(raw["signed_off"]),
        questions=tuple(
            Question(
                id=question["id"],
                text=question["text"],
                answers=tuple(AnswerCard(card["value"], card["text"]) for card in question["answers"]),
            )
            for question in raw["question"]
        ),
        rules=tuple(Rule(rule["when"], rule["determinant"]) for rule in raw["rule"]),
        determinants={code: _determinant(code, entry) for code, entry in raw["determinant"].items()},
        otherwise=raw["otherwise"],
    )


def _determinant(code: str, raw: Mapping[str, Any]) -> Determinant:
    bed_kind = raw.get("bed_kind")
    return Determinant(
        code=code,
        title=raw["title"],
        priority=Priority(raw["priority"]).value if "priority" in raw else None,
        needs=Needs(
            capabilities=tuple(raw.get("capabilities", ("BLS", "transport"))),
            bed_kind=BedKind(bed_kind).value if bed_kind else None,
            speciality=raw.get("speciality"),
        ),
        instructions=tuple(raw.get("instructions", ())),
    )


def _agree(card: Protocol, name: str) -> None:
    known = {question.id: {answer.value for answer in question.answers} for question in card.questions}
    for rule in card.rules:
        for question, answer in rule.when.items():
            if answer not in known.get(question, set()):
                raise ProtocolError(f"{name}: a rule asks for {question} = {answer}, which no question has.")
        if rule.determinant not in card.determinants:
            raise ProtocolError(f"{name}: a rule leads to {rule.determinant}, which is not described.")
    if card.otherwise not in card.determinants:
        raise ProtocolError(f"{name}: otherwise leads to {card.otherwise}, which is not described.")
    for texts in (card.title, *(question.text for question in card.questions)):
        if not {"vi", "en"} <= set(texts):
            raise ProtocolError(f"{name}: every text needs vi and en.")
