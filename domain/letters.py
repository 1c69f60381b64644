"""Words that are kept as they were written, and read only when somebody asks."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Letters:
    """JSON in a text. What was shown to a dispatcher is stored to the letter, and nobody who passes it on
    need take it apart."""

    text: str

    def read(self) -> Any:
        return json.loads(self.text)
