"""What a question card is made of. Cards are data: nothing in here knows medicine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from domain.values import Needs

Words = Mapping[str, str]
"""One text in the languages of the desk: {"vi": ..., "en": ...}."""

Danger = Literal["rising", "falling"]
"""How dangerous the answers of a question become in their order: a number that grows, or cards as listed."""


@dataclass(frozen=True, slots=True)
class Range:
    """A number of at least this and below that; None is no limit."""

    at_least: float | None = None
    below: float | None = None

    def holds(self, number: float) -> bool:
        return (self.at_least is None or number >= self.at_least) and (
            self.below is None or number < self.below
        )


Test = tuple[str, ...] | Range
"""What an answer must be: one of some, or a number within a range."""
Condition = Mapping[str, Test]
"""Question -> test. All must hold; an empty one always does."""


@dataclass(frozen=True, slots=True)
class AnswerCard:
    value: str
    text: Words


@dataclass(frozen=True, slots=True)
class Numbers:
    """What numbers answer a question, both ends included; `unit` says of what."""

    least: float
    most: float
    unit: Words


@dataclass(frozen=True, slots=True)
class Question:
    """`answers` to choose from, or else `numbers`.

    ask_when : it makes sense only where this holds of the questions before it
    danger   : whether its answers have an order of danger; the rules may not contradict it
    for_crew : asked in any case: those who come want to know
    """

    id: str
    text: Words
    answers: tuple[AnswerCard, ...] = ()
    numbers: Numbers | None = None
    ask_when: Condition = field(default_factory=dict)
    danger: Danger | None = None
    for_crew: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to tell the caller to do.

    metronome_bpm : beats a minute the desk clicks meanwhile
    every_s       : said or looked at again after so many seconds
    """

    id: str
    text: Words
    metronome_bpm: int | None = None
    every_s: int | None = None


@dataclass(frozen=True, slots=True)
class Determinant:
    """What the answers mean. `priority` is None where no ambulance is needed.

    plan     : the name of the response plan, which the city's rules spell out
    leads_to : the card that asks on from here
    """

    code: str
    title: Words
    priority: str | None
    needs: Needs
    instructions: tuple[Step, ...] = ()
    plan: str = ""
    leads_to: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds when every answer it names was given. The first rule that holds decides."""

    when: Condition
    determinant: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """A versioned card. `signed_off` tells whether a clinician answers for it.

    kind : "entry" begins a call, "complaint" asks on, "instructions" tells the caller what to do
    """

    id: str
    version: int
    title: Words
    signed_off: bool
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    determinants: Mapping[str, Determinant]
    otherwise: str
    kind: Literal["entry", "complaint", "instructions"] = "complaint"
