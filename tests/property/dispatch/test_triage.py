"""What a card says of half-answered questions, against trying out every way the rest could be answered."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch.policies.card import AnswerCard, Determinant, Numbers, Protocol, Question, Range, Rule
from dispatch.policies.card_laws import values_of
from dispatch.policies.triage import determine, judge
from dispatch.protocol_file import shipped_protocols
from domain.values import Needs

WORDS = {"vi": "?", "en": "?"}
CODES = {"arrest": "P1", "pain": "P1", "sprain": "P2", "cold": "P3", "nothing": None}
VALUES = ("a", "b", "c")


def question_cards(draw, name: str, before: list[Question]) -> Question:
    ask_when = {}
    choices = [each for each in before if each.numbers is None]
    if choices and draw(st.booleans()):
        ask_when = {draw(st.sampled_from(choices)).id: (draw(st.sampled_from(VALUES)),)}
    if draw(st.integers(0, 3)) == 0:
        return Question(name, WORDS, numbers=Numbers(0, 10, WORDS), ask_when=ask_when)
    answers = tuple(AnswerCard(value, WORDS) for value in VALUES[: draw(st.integers(2, 3))])
    return Question(name, WORDS, answers, ask_when=ask_when, for_crew=draw(st.booleans()))


def condition(draw, questions: list[Question]) -> dict:
    found: dict = {}
    for question in draw(
        st.lists(st.sampled_from(questions), min_size=1, max_size=2, unique_by=lambda q: q.id)
    ):
        if question.numbers is not None:
            found[question.id] = draw(st.sampled_from([Range(5, None), Range(None, 5), Range(2, 7)]))
        else:
            values = [answer.value for answer in question.answers]
            found[question.id] = tuple(draw(st.lists(st.sampled_from(values), min_size=1, unique=True)))
    return found


@st.composite
def cards(draw) -> Protocol:
    questions: list[Question] = []
    for name in ("q1", "q2", "q3", "q4")[: draw(st.integers(1, 4))]:
        questions.append(question_cards(draw, name, questions))
    rules = tuple(
        Rule(condition(draw, questions), draw(st.sampled_from(list(CODES))))
        for _ in range(draw(st.integers(0, 5)))
    )
    determinants = {code: Determinant(code, WORDS, priority, Needs()) for code, priority in CODES.items()}
    otherwise = draw(st.sampled_from(list(CODES)))
    return Protocol("drawn", 1, WORDS, False, tuple(questions), rules, determinants, otherwise)


def endings(card: Protocol, answers: dict[str, str]) -> set[str]:
    """Every determinant the conversation may end with: unanswered questions are answered one after the other
    in all ways, or not at all, and only where they make sense."""
    left = [question for question in card.questions if question.id not in answers]
    ends = set()
    for picked in product(*[(None, *values_of(question, card)) for question in left]):
        said = dict(answers)
        for question, value in zip(left, picked, strict=True):
            sense = all(
                name in said
                and (test.holds(float(said[name])) if isinstance(test, Range) else said[name] in test)
                for name, test in question.ask_when.items()
            )
            if value is not None and sense:
                said[question.id] = value
        ends.add(determine(card, said).code)
    return ends


def some_answers(draw, card: Protocol) -> dict[str, str]:
    return {
        question.id: draw(st.sampled_from(values_of(question, card)))
        for question in card.questions
        if draw(st.booleans())
    }


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_what_is_called_certain_holds_however_the_conversation_goes_on(data):
    card = data.draw(cards())
    answers = some_answers(data.draw, card)
    found, ends = judge(card, answers), endings(card, answers)
    assert found.determinant == determine(card, answers)
    assert found.determinant.code in ends
    if found.settled:
        assert ends == {found.determinant.code}
    if found.send_now:
        assert {card.determinants[code].priority for code in ends} == {"P1"}


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_question_is_asked_only_while_it_may_matter_and_is_never_forgotten(data):
    card = data.draw(cards())
    answers = some_answers(data.draw, card)
    found = judge(card, answers)
    asked = {question.id for question in found.next_questions}
    assert not asked & set(answers)
    if len(endings(card, answers)) > 1:
        assert asked, "something could still change it, and nobody asks"
    if not asked:
        assert found.settled


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_conversation_that_answers_what_is_asked_comes_to_a_settled_end(data):
    card = data.draw(st.sampled_from([data.draw(cards()), *shipped_protocols().values()]))
    answers: dict[str, str] = {}
    for _ in range(len(card.questions) + 1):
        found = judge(card, answers)
        if not found.next_questions:
            break
        question = found.next_questions[0]
        answers[question.id] = data.draw(st.sampled_from(values_of(question, card)))
    assert found.settled
    assert not found.next_questions
    assert found.determinant == determine(card, answers)


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_worse_answer_never_lowers_the_urgency_also_half_way_through_a_card(data):
    from dispatch.policies.urgency import rank

    card = data.draw(st.sampled_from(list(shipped_protocols().values())))
    answers = some_answers(data.draw, card)
    ordered = [question for question in card.questions if question.danger and question.id in answers]
    if not ordered:
        return
    question = data.draw(st.sampled_from(ordered))
    values = values_of(question, card)
    if question.danger == "falling":
        values.reverse()
    ranks = [rank(determine(card, {**answers, question.id: value}).priority) for value in values]
    assert ranks == sorted(ranks, reverse=True), (card.id, question.id, answers)
