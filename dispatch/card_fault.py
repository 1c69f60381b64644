"""What is wrong with a question card, in the two languages of those who write cards."""


class CardFault(ValueError):
    """One fault, with its place in the sentence."""

    def __init__(self, en: str, vi: str) -> None:
        self.en, self.vi = en, vi
        super().__init__(en)


class ProtocolError(ValueError):
    """A card that cannot be used: which, and the sentence that says why."""

    def __init__(self, name: str, fault: CardFault) -> None:
        self.name, self.fault = name, fault
        super().__init__(f"{name}: {fault.en}")
