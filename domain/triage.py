"""What a call was told and asked: one outcome of a card, one instruction read out."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Triage(NamedTuple):
    """The answers to one version of one card, and what they meant."""

    protocol: str
    version: int
    answers: dict[str, str]
    determinant: str
    priority: str | None
    at: datetime

    def says_the_same(self, other: "Triage") -> bool:
        return self[:-1] == other[:-1]


class Instruction(NamedTuple):
    """A step of a card as it was read to the caller.

    metronome_bpm : beats a minute the desk clicked meanwhile
    ended_at      : None while it goes on
    """

    instruction_id: UUID
    protocol: str
    protocol_version: int
    determinant: str
    step: str
    text: dict[str, str]
    metronome_bpm: int | None
    began_at: datetime
    ended_at: datetime | None
