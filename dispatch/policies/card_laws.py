"""What must hold within a card. Each fault is a sentence with its place, in English and in Vietnamese."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise, product
from typing import NamedTuple

from dispatch.policies.card import Condition, Protocol, Question, Range
from dispatch.policies.triage import Answers, code_of
from dispatch.policies.urgency import rank

MOST_COMBINATIONS = 20_000
"""So many ways to answer are tried whole; of a card with more, the remaining questions stay unanswered."""


class Fault(NamedTuple):
    en: str
    vi: str


def disagreements(card: Protocol) -> Iterator[Fault]:
    """Where the parts of a card do not fit together."""
    if card.version < 1:
        yield Fault("version must be 1 or more.", "version phải từ 1 trở lên.")
    for name in _twice(question.id for question in card.questions):
        yield Fault(f"the question {name} is asked twice.", f"câu hỏi {name} có hai lần.")
    earlier: dict[str, Question] = {}
    for question in card.questions:
        yield from _in_a_question(question, earlier)
        earlier[question.id] = question
    for number, rule in enumerate(card.rules, 1):
        yield from _in_a_condition(rule.when, earlier, "a rule asks for", "một quy tắc cần", f"rule {number}")
        if rule.determinant not in card.determinants:
            yield Fault(
                f"a rule leads to {rule.determinant}, which is not described.",
                f"một quy tắc dẫn đến {rule.determinant}, nhưng mã này chưa được mô tả.",
            )
    if card.otherwise not in card.determinants:
        yield Fault(
            f"otherwise leads to {card.otherwise}, which is not described.",
            f"otherwise dẫn đến {card.otherwise}, nhưng mã này chưa được mô tả.",
        )
    for determinant in card.determinants.values():
        for step in _twice(step.id for step in determinant.instructions):
            yield Fault(
                f"determinant {determinant.code} has the instruction {step} twice.",
                f"mã {determinant.code} có hướng dẫn {step} hai lần.",
            )


def _in_a_question(question: Question, earlier: Mapping[str, Question]) -> Iterator[Fault]:
    for value in _twice(answer.value for answer in question.answers):
        yield Fault(
            f"question {question.id} has the answer {value} twice.",
            f"câu hỏi {question.id} có câu trả lời {value} hai lần.",
        )
    if question.numbers is None and not question.answers:
        yield Fault(f"question {question.id} has no answers.", f"câu hỏi {question.id} chưa có câu trả lời.")
    where = f"question {question.id}"
    yield from _in_a_condition(
        question.ask_when, earlier, f"{where} is asked when", f"câu hỏi {question.id} cần", where
    )


def _in_a_condition(
    condition: Condition, questions: Mapping[str, Question], en: str, vi: str, where: str
) -> Iterator[Fault]:
    for asked, test in condition.items():
        question = questions.get(asked)
        if isinstance(test, Range):
            if question is None or question.numbers is None:
                yield Fault(
                    f"{where}: {asked} is no question with a number before it.",
                    f"{where}: phía trước không có câu hỏi bằng số {asked}.",
                )
            continue
        known = {answer.value for answer in question.answers} if question is not None else set()
        for value in test:
            if value not in known:
                yield Fault(
                    f"{en} {asked} = {value}, which no question has.",
                    f"{vi} {asked} = {value}, nhưng không có câu hỏi nào như vậy.",
                )


def orders_broken(card: Protocol) -> Iterator[Fault]:
    """A more dangerous answer may never lower the urgency: nobody gets less help for being worse.

    For sound cards alone. It tries the ways to answer one by one, which may take a second.
    """
    for question in card.questions:
        if question.danger is None:
            continue
        others = [each for each in card.questions if each.id != question.id]
        steps = values_of(question, card)
        if question.danger == "falling":
            steps.reverse()
        for given in combinations(others, card):
            before: tuple[int, str] | None = None
            for value in steps:
                code = code_of(card, {**given, question.id: value})
                now = rank(card.determinants[code].priority), value
                if before is not None and now[0] > before[0]:
                    yield Fault(
                        f"question {question.id}: {value} is said to be more dangerous than {before[1]}, "
                        f"but leads to the less urgent {code}.",
                        f"câu hỏi {question.id}: {value} được coi là nguy hiểm hơn {before[1]}, "
                        f"nhưng lại dẫn đến mã ít khẩn cấp hơn {code}.",
                    )
                    return
                before = now


def combinations(questions: Iterable[Question], card: Protocol) -> Iterator[Answers]:
    """Ways to answer these questions: all that make a difference, as far as the limit goes."""
    choices: dict[str, list[str]] = {}
    number = 1
    for question in questions:
        values = values_of(question, card)
        number *= len(values)
        if number > MOST_COMBINATIONS:
            break
        choices[question.id] = values
    for picked in product(*choices.values()):
        yield dict(zip(choices, picked, strict=True))


def values_of(question: Question, card: Protocol) -> list[str]:
    """Its answers in the card's order; of a number, one value on each side of every limit, growing."""
    if question.numbers is None:
        return [answer.value for answer in question.answers]
    least, most = question.numbers.least, question.numbers.most
    limits = {least, most}
    conditions = [rule.when for rule in card.rules] + [each.ask_when for each in card.questions]
    for condition in conditions:
        test = condition.get(question.id)
        if isinstance(test, Range):
            limits |= {limit for limit in (test.at_least, test.below) if limit is not None}
    cuts = sorted(limit for limit in limits if least <= limit <= most)
    between = [(low + high) / 2 for low, high in pairwise(cuts)]
    return [f"{value:.10g}" for value in sorted({*cuts, *between})]


def _twice(names: Iterable[str]) -> list[str]:
    seen: set[str] = set()
    again = []
    for name in names:
        if name in seen:
            again.append(name)
        seen.add(name)
    return again
