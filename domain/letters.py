"""Words that are kept as they were written, and read only when somebody asks."""

import json
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Letters:
    """JSON in UTF-8. What was shown to a dispatcher is stored to the letter, and nobody who passes it on
    need take it apart."""

    utf8: bytes

    @classmethod
    def of(cls, text: str) -> Self:
        return cls(text.encode())

    @property
    def text(self) -> str:
        return self.utf8.decode()

    def read(self) -> Any:
        return json.loads(self.utf8)
