"""What may go wrong between the demo and the server."""

from typing import Any


class Refusal(Exception):
    """The server understood and said no. `kind` is the last part of the problem's type, such as UnitBusy."""

    def __init__(self, status: int, kind: str, detail: str, extra: dict[str, Any]) -> None:
        super().__init__(f"{status} {kind}: {detail}")
        self.status, self.kind, self.detail, self.extra = status, kind, detail, extra


class Unreachable(Exception):
    """No answer came, or none that says whether the order was carried out."""
