"""One shift of a small centre: orders drawn one after the other, each judged by the laws."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from api.errors import STATUS
from dispatch.application import memory_log
from dispatch.commands import Outcome
from dispatch.policies.assignment_rules import OfferRules
from dispatch.policies.call_rules import CallRules
from dispatch.rules import BedRules
from domain.errors import Refused
from projections.memory import MemoryViews
from tests.builders import NOON, Room
from tests.drawn.chooser import Chooser
from tests.drawn.commands import every_command
from tests.drawn.laws import LAWS
from tests.drawn.orders import choose_kind, draw, makes_sense
from tests.drawn.shift_before import leave_behind
from tests.drawn.whole_log import LAWS_OF_A_LOG
from tests.drawn.world import World

UNITS = ("C1", "C2", "T1", "M1")
HOSPITALS = ("cho-ray", "binh-dan")
COMMANDS = every_command()
OFTEN = ("AssignUnit", "ReportMilestone", "ReportMilestone", "ReportMilestone", "OpenIncident", "ReceiveCall")
"""What every shift is full of: every fourth order or so, so that runs get somewhere."""
ALL = tuple(COMMANDS)
USUAL = tuple(kind for name in OFTEN for kind in ALL if kind.__name__ == name)


class Shift:
    """done    : how often an order of each kind changed something
    refused : how often one was refused, by kind and refusal
    """

    def __init__(self) -> None:
        self.room = Room(memory_log(), units=UNITS, beds={"cho-ray": 2, "binh-dan": 1})
        rules = replace(
            self.room.desk.rules,
            offers=OfferRules(within_s={"P1": 45.0, "P2": 60.0}, escalate="offer_next"),
            calls=CallRules(suspect_from=0.3),  # one nuisance call is enough
            beds=BedRules(hold_s=1800.0),
        )
        self.room.desk = replace(self.room.desk, rules=rules)
        self.log = self.room.log
        self.world = World(self.room.desk, UNITS, HOSPITALS, NOON)
        self.live = MemoryViews()
        self.done: Counter[str] = Counter()
        self.refused: Counter[tuple[str, str]] = Counter()
        leave_behind(self.room, self.world)
        self.world.later = frozenset(kind for kind in ALL if not makes_sense(kind, self.world))
        self._follow()

    def order(self, which: int, numbers: Sequence[int]) -> str:
        """Give one order, and judge what became of it. Tells it in a word."""
        chooser = Chooser(numbers)
        kind = USUAL[which % len(USUAL)]
        if chooser.number() % 4 or not makes_sense(kind, self.world):
            kind = choose_kind(ALL, which % len(ALL), self.world, chooser)
        command = draw(kind, self.world, chooser)
        stood = self.log.position()
        decided: list[Outcome] = []

        def watched(command: Any, desk: Any) -> Outcome:
            decided.append(COMMANDS[kind](command, desk))
            return decided[-1]

        try:
            self.room.carry_out(command, watched)
        except Refused as refusal:
            self._judge_refusal(refusal, stood)
            self.refused[kind.__name__, type(refusal).__name__] += 1
            return f"{kind.__name__}: {type(refusal).__name__}"
        for thing in decided[-1].changed:  # what was decided is what everybody will load
            assert self.log.repository.get(thing.id, version=thing.version) == thing
        changed = self.log.position() - stood - 1  # beside the receipt
        assert changed >= 0
        assert self.room.carry_out(command, watched).repeated  # said twice, done once
        self.world.learn((*decided[-1].changed, *decided[-1].beside))
        self._follow()
        for law in LAWS:
            law(self.world, self.live)
        self.done[kind.__name__] += changed > 0
        return f"{kind.__name__}: {'carried out' if changed else 'nothing to do'}"

    def end(self) -> None:
        """The whole log is read once more, and folded at one go where the screens followed save by save."""
        placed = self.log.select(1, 100_000)
        assert [place for place, _ in placed] == list(range(1, len(placed) + 1))
        for law in LAWS_OF_A_LOG:
            law([fact for _, fact in placed], self.room.desk)
        again = MemoryViews()
        again.take(*again.fold(placed))
        assert again.digests() == self.live.digests()

    def _judge_refusal(self, refusal: Refused, stood: int) -> None:
        """A refusal says so in both languages, has a status, and leaves everything as it was."""
        assert refusal.sentence("en")
        assert refusal.sentence("vi")
        assert type(refusal) in STATUS
        assert self.log.position() == stood

    def _follow(self) -> None:
        for seq, fact in self.log.select(self.live.position + 1, 10_000):
            self.live.apply(seq, fact)
