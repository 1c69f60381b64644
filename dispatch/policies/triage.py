"""From answers to a determinant: question cards are data, this file only reads them in order."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.errors import UnknownAnswer
from domain.values import Needs, Priority

Words = Mapping[str, str]
"""One text in the languages of the desk: {"vi": ..., "en": ...}."""


@dataclass(frozen=True, slots=True)
class AnswerCard:
    value: str
    text: Words


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    text: Words
    answers: tuple[AnswerCard, ...]


@dataclass(frozen=True, slots=True)
class Determinant:
    """What the answers mean. `priority` is None where no ambulance is needed."""

    code: str
    title: Words
    priority: str | None
    needs: Needs
    instructions: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds when every answer it names was given. The first rule that holds decides."""

    when: Mapping[str, str]
    determinant: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """A versioned card. `signed_off` tells whether a clinician answers for it."""

    id: str
    version: int
    title: Words
    signed_off: bool
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    determinants: Mapping[str, Determinant]
    otherwise: str


def determine(protocol: Protocol, answers: Mapping[str, str]) -> Determinant:
    """Unanswered questions are allowed: a life threat sends first and goes on asking.

    Raises UnknownAnswer for a question or an answer the card does not have.
    """
    known = {question.id: {card.value for card in question.answers} for question in protocol.questions}
    for question, answer in answers.items():
        if answer not in known.get(question, set()):
            raise UnknownAnswer(answer=answer, question=question, protocol=protocol.id)
    for rule in protocol.rules:
        if all(answers.get(question) == answer for question, answer in rule.when.items()):
            return protocol.determinants[rule.determinant]
    return protocol.determinants[protocol.otherwise]


def needs_of(priority: str) -> Needs:
    """What a bare priority asks for where no card was used: ALS for a threat to life, else BLS."""
    return needs_at(priority, Needs())


def needs_at(priority: str, needs: Needs) -> Needs:
    """The same patient at another priority: the skill of the crew follows it, all else stays needed."""
    skill = "ALS" if priority == Priority.P1 else "BLS"
    others = tuple(capability for capability in needs.capabilities if capability not in ("ALS", "BLS"))
    return Needs((skill, *others), needs.bed_kind, needs.speciality)
