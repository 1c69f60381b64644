"""From answers to a determinant: question cards are data, this file only reads them in order.

An answer that was not given is open, neither yes nor no: so a card can say what is certain already, and
which questions could still change it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

from dispatch.policies.card import AnswerCard as AnswerCard
from dispatch.policies.card import Condition, Question, Range, Test
from dispatch.policies.card import Determinant as Determinant
from dispatch.policies.card import Protocol as Protocol
from dispatch.policies.card import Rule as Rule
from dispatch.policies.card import Words as Words
from domain.errors import UnknownAnswer
from domain.triage_errors import BadNumber
from domain.values import Needs, Priority

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the answers given so far mean.

    settled        : no answer still to come can change the determinant
    send_now       : a threat to life is certain, whatever is still unknown
    next_questions : in the card's order: what could still change it, and what the crew wants to know
    """

    determinant: Determinant
    settled: bool
    send_now: bool
    next_questions: tuple[Question, ...]


def determine(protocol: Protocol, answers: Answers) -> Determinant:
    """Unanswered questions are allowed: a life threat sends first and goes on asking.

    Raises UnknownAnswer for a question or an answer the card does not have, BadNumber.
    """
    _refuse_strange(protocol, answers)
    return protocol.determinants[code_of(protocol, answers)]


def code_of(protocol: Protocol, answers: Answers) -> str:
    """As `determine`, for answers that are known to be of this card."""
    for rule in protocol.rules:
        if all(asked in answers and _meets(answers[asked], test) for asked, test in rule.when.items()):
            return rule.determinant
    return protocol.otherwise


def judge(protocol: Protocol, answers: Answers) -> Judgement:
    """Raises UnknownAnswer for a question or an answer the card does not have, BadNumber."""
    _refuse_strange(protocol, answers)
    open_questions = _open_questions(protocol, answers)
    reachable, mattering = _reachable(protocol, answers, open_questions)
    determinant = protocol.determinants[reachable[-1]]
    priorities = {protocol.determinants[code].priority for code in reachable}
    return Judgement(
        determinant=determinant,
        settled=set(reachable) == {determinant.code},
        send_now=priorities == {Priority.P1.value},
        next_questions=tuple(
            question
            for question in protocol.questions
            if open_questions.get(question.id) and (question.for_crew or question.id in mattering)
        ),
    )


def _refuse_strange(protocol: Protocol, answers: Answers) -> None:
    questions = {question.id: question for question in protocol.questions}
    for asked, answer in answers.items():
        question = questions.get(asked)
        if question is None:
            raise UnknownAnswer(answer=answer, question=asked, protocol=protocol.id)
        numbers = question.numbers
        if numbers is None:
            if answer not in {card.value for card in question.answers}:
                raise UnknownAnswer(answer=answer, question=asked, protocol=protocol.id)
        elif (number := as_number(answer)) is None or not numbers.least <= number <= numbers.most:
            raise BadNumber(
                answer=answer[:40], question=asked, least=f"{numbers.least:g}", most=f"{numbers.most:g}"
            )


def _open_questions(protocol: Protocol, answers: Answers) -> dict[str, bool]:
    """Those without an answer that may still get one: True where they make sense already.

    A question whose condition fails is never asked; one that hangs on an open question may be.
    """
    found: dict[str, bool] = {}
    for question in protocol.questions:
        if question.id in answers:
            continue
        sense = _holds(question.ask_when, answers, found)
        if sense is not False:
            found[question.id] = sense is True
    return found


def _reachable(
    protocol: Protocol, answers: Answers, open_questions: Mapping[str, bool]
) -> tuple[list[str], set[str]]:
    """The determinants the answers may still lead to, that of the answers given last; and the questions,
    with those they hang on, that decide which."""
    reachable: list[str] = []
    mattering: set[str] = set()
    decided = protocol.otherwise
    for rule in protocol.rules:
        holds = _holds(rule.when, answers, open_questions)
        if holds is True:
            decided = rule.determinant
            break
        if holds is None:
            reachable.append(rule.determinant)
            mattering.update(_with_what_they_hang_on(protocol, rule.when))
    if set(reachable) <= {decided}:
        mattering.clear()  # whatever is answered, it comes to the same
    return [*reachable, decided], mattering


def _with_what_they_hang_on(protocol: Protocol, condition: Condition) -> Iterator[str]:
    conditions = {question.id: question.ask_when for question in protocol.questions}
    for asked in condition:
        yield asked
        yield from _with_what_they_hang_on(protocol, conditions[asked])


def _holds(condition: Condition, answers: Answers, open_questions: Mapping[str, bool]) -> bool | None:
    """None where an answer still to come decides."""
    undecided = False
    for asked, test in condition.items():
        answer = answers.get(asked)
        if answer is None:
            if asked not in open_questions:
                return False
            undecided = True
        elif not _meets(answer, test):
            return False
    return None if undecided else True


def _meets(answer: str, test: Test) -> bool:
    if isinstance(test, Range):
        number = as_number(answer)
        return number is not None and test.holds(number)
    return answer in test


def as_number(answer: str) -> float | None:
    """None for what is no plain number."""
    try:
        number = float(answer)
    except ValueError:
        return None
    return number if isfinite(number) else None


def needs_of(priority: str) -> Needs:
    """What a bare priority asks for where no card was used: ALS for a threat to life, else BLS."""
    return needs_at(priority, Needs())


def needs_at(priority: str, needs: Needs) -> Needs:
    """The same patient at another priority: the skill of the crew follows it, all else stays needed."""
    skill = "ALS" if priority == Priority.P1 else "BLS"
    others = tuple(capability for capability in needs.capabilities if capability not in ("ALS", "BLS"))
    return Needs((skill, *others), needs.bed_kind, needs.speciality)
