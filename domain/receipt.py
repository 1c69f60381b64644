"""Proof that a command was carried out, saved with its decision: a retry gets the first answer."""

from typing import Any
from uuid import UUID

from domain.base import Aggregate, Beginning, event, natural_id
from domain.values import Act


class Receipt(Aggregate):
    TOPIC = "Receipt"

    class Given(Beginning):
        TOPIC = "Receipt.Given"
        command_id: UUID
        command: str
        fingerprint: str  # of the order's content: the same id for another order is a mistake
        answer: dict[str, Any]

    @event(Given)
    def __init__(
        self, command_id: UUID, command: str, fingerprint: str, answer: dict[str, Any], act: Act
    ) -> None:
        self.command_id = command_id
        self.command = command
        self.fingerprint = fingerprint
        self.answer = answer
        self.act = act

    @staticmethod
    def create_id(command_id: UUID) -> UUID:
        return natural_id("receipts", command_id)
