"""Question cards as the API tells them."""

from typing import Any

from api.schema.answers import AnswerRow, NumbersRow, ProtocolRow, QuestionRow
from api.schema.rows import Words
from api.schema.triage import CardRow, DeterminantRow, EditionRow, StepRow, UrgencyRow
from dispatch.cards import Cards
from dispatch.policies.card import Condition, Determinant, Protocol, Question, Range, Step
from dispatch.policies.urgency import urgency_of
from domain.protocol import Edition


def listed(card: Protocol) -> ProtocolRow:
    return ProtocolRow(
        id=card.id,
        version=card.version,
        kind=card.kind,
        title=Words(**card.title),
        signed_off=card.signed_off,
        questions=[question_row(question) for question in card.questions],
    )


def whole(card: Protocol, cards: Cards) -> CardRow:
    editions = cards.editions(card.id)
    text = next((each.text for each in editions if each.version == card.version), None)
    return CardRow(
        **listed(card).model_dump(),
        determinants=[_determinant_row(each) for each in card.determinants.values()],
        text=text,
        versions=[_edition_row(each) for each in editions],
    )


def question_row(question: Question) -> QuestionRow:
    return QuestionRow(**question_facts(question))


def question_facts(question: Question) -> dict[str, Any]:
    numbers = question.numbers
    return {
        "id": question.id,
        "text": Words(**question.text),
        "answers": [AnswerRow(value=each.value, text=Words(**each.text)) for each in question.answers],
        "numbers": numbers and NumbersRow(least=numbers.least, most=numbers.most, unit=Words(**numbers.unit)),
        "ask_when": _condition(question.ask_when),
        "danger": question.danger,
        "for_crew": question.for_crew,
    }


def urgency_row(priority: str | None) -> UrgencyRow:
    urgency = urgency_of(priority)
    return UrgencyRow(code=urgency.code, **urgency.title)  # type: ignore[arg-type]


def step_row(step: Step) -> StepRow:
    return StepRow(id=step.id, **step.text, metronome_bpm=step.metronome_bpm, every_s=step.every_s)


def _determinant_row(each: Determinant) -> DeterminantRow:
    return DeterminantRow(
        code=each.code,
        title=Words(**each.title),
        priority=each.priority,
        urgency=urgency_row(each.priority),
        plan=each.plan,
        leads_to=each.leads_to,
        instructions=[step_row(step) for step in each.instructions],
    )


def _edition_row(edition: Edition) -> EditionRow:
    return EditionRow(
        version=edition.version,
        digest=edition.digest,
        origin=edition.origin,
        published_at=edition.act.at,
    )


def _condition(condition: Condition) -> dict[str, Any]:
    """As it is written on a card: answers to choose from, or the limits of a number."""
    return {
        asked: {"at_least": test.at_least, "below": test.below} if isinstance(test, Range) else list(test)
        for asked, test in condition.items()
    }
