"""Rows and parts of rows that tell of callers, their words, and places in doubt."""

from typing import Literal

from pydantic import BaseModel


class Reason(BaseModel):
    vi: str
    en: str


class WordsPart(BaseModel):
    """As the caller said it, whatever the address was corrected to."""

    address: str | None
    complaint: str


class CallWordsPart(WordsPart):
    call_id: str


class PlacePart(BaseModel):
    source: str
    confidence: float | None
    ambiguous: bool


class MergedPart(BaseModel):
    id: str
    number: int


class SuspicionPart(BaseModel):
    """The number rang for nothing again and again: until `comes_up_at` the call waits behind others."""

    number: str
    score: float
    reasons: list[Reason]
    comes_up_at: str
    raised: bool


class MissRow(BaseModel):
    id: str
    rang_at: str
    ended_at: str
    line: str | None


class CallbackRow(BaseModel):
    """A number that waits to be called back; several misses are one entry.

    total : misses of the number, settled ones too; tries : how often somebody rang back in vain
    """

    id: str
    phone: str
    status: Literal["open", "settled"]
    misses: list[MissRow]
    total: int
    first_missed_at: str | None
    last_missed_at: str | None
    tries: int
    tried_at: str | None
    outcome: str | None
    by: str | None
    settled_at: str | None
    settled_by: str | None
    call_id: str | None
    seq: int
