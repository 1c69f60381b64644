"""Question cards from TOML. A card that contradicts itself is refused with a sentence."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from dispatch.card_fault import CardFault
from dispatch.card_fault import ProtocolError as ProtocolError
from dispatch.card_reader import read_card
from dispatch.policies.card import Protocol
from dispatch.policies.card_laws import disagreements

LONGEST = 100_000
"""Characters of one card; the largest that comes with Vigil has a tenth of it."""


@dataclass(frozen=True, slots=True)
class ShippedCard:
    """A version of a card that comes with Vigil, as it is written."""

    card: Protocol
    text: str


def shipped_protocols() -> dict[str, Protocol]:
    """The cards that come with Vigil, by id, each in its newest version."""
    return {shipped.card.id: shipped.card for shipped in shipped_cards()}


@cache
def shipped_cards() -> tuple[ShippedCard, ...]:
    """All versions that ever came with Vigil, older ones first: a call keeps the card it began with."""
    cards = [ShippedCard(parse_protocol(text, name), text) for name, text in _texts()]
    return tuple(sorted(cards, key=lambda each: (each.card.id, each.card.version)))


def _texts() -> Iterator[tuple[str, str]]:
    here = resources.files("dispatch.protocols")
    for folder in (here, here.joinpath("former")):
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if entry.name.endswith(".toml"):
                yield entry.name, entry.read_text(encoding="utf-8")


def parse_protocol(text: str, name: str) -> Protocol:
    """One card. Raises ProtocolError naming the file, the place and the fault."""
    try:
        return _parsed(text)
    except CardFault as fault:
        raise ProtocolError(name, fault) from None


@lru_cache(maxsize=256)
def _parsed(text: str) -> Protocol:
    """A card is read once, however often calls ask by it. Raises CardFault."""
    card = read_card(_toml(text))
    for fault in disagreements(card):
        raise CardFault(*fault)
    return card


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _toml(text: str) -> Mapping[str, Any]:
    if len(text) > LONGEST:
        raise CardFault(
            f"it has {len(text)} characters, {LONGEST} is the most.",
            f"thẻ có {len(text)} ký tự, nhiều nhất là {LONGEST}.",
        )
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise CardFault(f"not TOML: {fault}", f"sai cú pháp TOML: {fault}") from None
    except RecursionError:
        raise CardFault("not a card: it is nested too deeply.", "thẻ lồng nhau quá nhiều lớp.") from None
