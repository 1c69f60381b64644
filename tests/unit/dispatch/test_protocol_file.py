"""Question cards: those that come with Vigil are whole, and a bad one is refused with a sentence."""

import pytest

from dispatch.policies.card import Range, Step
from dispatch.policies.card_laws import orders_broken
from dispatch.policies.triage import Protocol, determine
from dispatch.protocol_file import ProtocolError, parse_protocol, shipped_protocols

GOOD = """
id = "fall"
version = 2
signed_off = true
title = { vi = "Té ngã", en = "Fall" }
otherwise = "bruise"

[[question]]
id = "awake"
text = { vi = "Tỉnh không?", en = "Awake?" }
answers = [
    { value = "yes", text = { vi = "Có", en = "Yes" } },
    { value = "no", text = { vi = "Không", en = "No" } },
]

[[rule]]
when = { awake = "no" }
determinant = "head"

[determinant.head]
title = { vi = "Chấn thương đầu", en = "Head injury" }
priority = "P1"
capabilities = ["ALS", "transport"]
bed_kind = "AdultICU"
speciality = "trauma"
instructions = [{ vi = "Giữ yên", en = "Keep still" }]

[determinant.bruise]
title = { vi = "Bầm", en = "Bruise" }
"""


def test_a_good_card_says_what_it_says():
    card = parse_protocol(GOOD, "fall.toml")
    assert (card.id, card.version, card.signed_off) == ("fall", 2, True)
    head = determine(card, {"awake": "no"})
    assert (head.priority, head.needs.capabilities) == ("P1", ("ALS", "transport"))
    assert (head.needs.bed_kind, head.needs.speciality) == ("AdultICU", "trauma")
    assert head.instructions == (Step("1", {"vi": "Giữ yên", "en": "Keep still"}),)
    assert (head.plan, head.leads_to) == ("p1", None)
    bruise = determine(card, {})
    assert (bruise.code, bruise.priority, bruise.needs.bed_kind) == ("bruise", None, None)


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ('id = "fall"', "id = ", "not TOML"),
        ('id = "fall"\n', "", "'id' is missing."),
        ("version = 2\n", "", "'version' is missing."),
        ("version = 2", 'version = "two"', "version must be a whole number, not 'two'."),
        ("version = 2", "version = 2.5", "version must be a whole number, not 2.5."),
        ("signed_off = true", 'signed_off = "no"', "signed_off must be true or false, not 'no'."),
        (', en = "Fall" ', "", "title needs words in vi and en."),
        (', en = "Awake?" ', "", "question awake, text needs words in vi and en."),
        (', en = "Yes" ', "", "question awake, answer yes, text needs words in vi and en."),
        ('en = "No" ', 'en = "" ', "question awake, answer no, text needs words in vi and en."),
        (', en = "Head injury" ', "", "determinant head, title needs words in vi and en."),
        (', en = "Keep still" ', "", "determinant head, instruction needs words in vi and en."),
        ('"Té ngã", en = "Fall"', '"Té ngã", en = 3', "title needs words in vi and en."),
        ('{ vi = "Té ngã", en = "Fall" }', '"Fall"', "title needs words in vi and en."),
        ("[[question]]", "[question]", "question must be a list of tables."),
        ("[[rule]]", "[rule]", "rule must be a list of tables."),
        ('when = { awake = "no" }', 'when = "no"', "rule 1, when: write { question = answer }"),
        ('when = { awake = "no" }', "when = {}", "rule 1, when: write { question = answer }"),
        ('when = { awake = "no" }', "when = { awake = [] }", "rule 1, when: write {"),
        ('when = { awake = "no" }', "when = { awake = [3] }", "rule 1, when: write {"),
        ('when = { awake = "no" }', "when = { awake = { above = 3 } }", "rule 1, when: write {"),
        (
            'awake = "no" }',
            "awake = { below = 3 } }",
            "rule 1: awake is no question with a number before it.",
        ),
        ('id = "fall"', 'id = "../fall"', "id must be a word of a-z, 0-9 and _, not '../fall'."),
        ("version = 2", "version = 0", "version must be 1 or more."),
        ("version = 2", 'version = 2\nkind = "poem"', "kind must be one of entry, complaint, instructions."),
        (
            ', en = "Keep still" }',
            ', en = "Keep still", metronome_bpm = 0 }',
            "metronome_bpm must be a whole",
        ),
        (
            '[[question]]\nid = "awake"',
            '[[question]]\nid = "awake"\nnumber = { least = 3 }',
            "number must say",
        ),
        ('id = "awake"', 'id = "awake"\nask_when = { age = "old" }', "is asked when age = old, which no"),
        ('id = "awake"', 'id = "awake"\ndanger = "deadly"', "danger must be one of rising, falling."),
        ('awake = "no"', 'awake = "maybe"', "a rule asks for awake = maybe, which no question has."),
        ('awake = "no"', 'asleep = "no"', "a rule asks for asleep = no, which no question has."),
        ('determinant = "head"', 'determinant = "foot"', "a rule leads to foot, which is not described."),
        ('"bruise"\n', '"nothing"\n', "otherwise leads to nothing, which is not described."),
        ('priority = "P1"', 'priority = "P9"', "determinant head: 'P9' is not a valid Priority"),
        ('"AdultICU"', '"Hammock"', "determinant head: 'Hammock' is not a valid BedKind"),
        ('"trauma"', '"traumma"', "determinant head: 'traumma' is no speciality."),
        ('["ALS", "transport"]', '["ASL"]', "determinant head: 'ASL' is no capability of a unit."),
        ('["ALS", "transport"]', '"ALS"', "determinant head: capabilities must be a list of texts."),
        ('value = "no"', 'value = "yes"', "question awake has the answer yes twice."),
        ("[determinant.head]", "[[determinant]]", "determinant must be a table"),
    ],
)
def test_a_card_with_a_fault_is_refused_and_the_fault_is_named(was, now, sentence):
    assert was in GOOD
    with pytest.raises(ProtocolError) as refusal:
        parse_protocol(GOOD.replace(was, now, 1), "fall.toml")
    assert str(refusal.value).startswith("fall.toml: ")
    assert sentence in str(refusal.value)


def test_two_questions_cannot_have_one_name():
    again = '[[question]]\nid = "awake"\ntext = { vi = "?", en = "?" }\nanswers = []\n\n[[rule]]'
    with pytest.raises(ProtocolError, match="the question awake is asked twice"):
        parse_protocol(GOOD.replace("[[rule]]", again, 1), "fall.toml")


def test_a_card_without_questions_is_refused():
    for text in ("", "id = 3", "question = []", "[[question]]", 'question = ["awake"]'):
        with pytest.raises(ProtocolError, match=r"fall\.toml: "):
            parse_protocol(text, "fall.toml")


@pytest.fixture
def general() -> Protocol:
    return shipped_protocols()["general"]


def test_the_shipped_card_waits_for_a_clinician(general):
    assert general.signed_off is False


def test_every_answer_of_the_shipped_card_leads_somewhere(general):
    reached = {determine(general, {}).code}
    for question in general.questions:
        for answer in question.answers:
            reached.add(determine(general, {question.id: answer.value}).code)
    reached.add(determine(general, {"breathing": "hard", "problem": "child"}).code)
    assert reached == set(general.determinants)


def test_a_threat_to_life_goes_before_every_other_answer(general):
    answers = {question.id: question.answers[-1].value for question in general.questions}
    answers["breathing"] = "none"
    assert determine(general, answers).code == "cardiac_arrest"
    answers["breathing"] = "normal"
    answers["conscious"] = "no"
    assert determine(general, answers).code == "unconscious"


def test_the_order_of_answers_does_not_matter(general):
    one = determine(general, {"problem": "child", "breathing": "hard"})
    other = determine(general, {"breathing": "hard", "problem": "child"})
    assert one == other
    assert one.code == "child_breathless"


def test_a_fault_is_told_in_vietnamese_too():
    with pytest.raises(ProtocolError) as refusal:
        parse_protocol(GOOD.replace('awake = "no"', 'awake = "maybe"'), "fall.toml")
    assert refusal.value.fault.vi == "một quy tắc cần awake = maybe, nhưng không có câu hỏi nào như vậy."


def test_a_card_may_ask_for_numbers_for_one_of_several_answers_and_only_where_it_matters():
    text = GOOD.replace(
        "[[rule]]",
        """[[question]]
id = "age"
text = { vi = "Tuổi?", en = "Age?" }
number = { least = 0, most = 120, unit = { vi = "tuổi", en = "years" } }
ask_when = { awake = ["yes", "no"] }
danger = "rising"

[[rule]]
when = { age = { at_least = 65, below = 200 } }
determinant = "head"

[[rule]]""",
        1,
    )
    card = parse_protocol(text, "fall.toml")
    age = card.questions[1]
    assert (age.numbers.least, age.numbers.most, age.ask_when) == (0, 120, {"awake": ("yes", "no")})
    assert card.rules[0].when == {"age": Range(65, 200)}
    assert [determine(card, {"age": said}).code for said in ("64.9", "65", "120")] == [
        "bruise",
        "head",
        "head",
    ]
    assert not list(orders_broken(card))


def test_a_card_that_helps_less_where_it_is_worse_is_found_out():
    text = GOOD.replace('id = "awake"', 'id = "awake"\ndanger = "falling"')
    (fault,) = orders_broken(parse_protocol(text, "fall.toml"))
    assert fault.en == (
        "question awake: yes is said to be more dangerous than no, but leads to the less urgent bruise."
    )


@pytest.mark.parametrize("opened", ["[", "{a="])
def test_a_card_nested_without_end_is_refused(opened):
    with pytest.raises(ProtocolError, match="nested too deeply"):
        parse_protocol("a=" + opened * 5000, "deep")


def test_a_card_as_long_as_a_book_is_refused():
    with pytest.raises(ProtocolError, match="100000 is the most"):
        parse_protocol("# " + "x" * 100_000, "fall.toml")
