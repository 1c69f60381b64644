"""Advice as older versions of Vigil answered it: what they stored is still made again, to the letter."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from dispatch.advise import Advice
from dispatch.inputs import FORMAT


def _format_2(advice: Advice) -> dict[str, Any]:
    """The coverage of a unit was a pair: [before, after]."""
    answer: dict[str, Any] = msgspec.to_builtins(advice.answer())
    for row in answer["units"]:
        if row["coverage"] is not None:
            row["coverage"] = row["coverage"]["before"], row["coverage"]["after"]
    return answer


ANSWERS: Mapping[int, Callable[[Advice], dict[str, Any]]] = {
    2: _format_2,
    3: Advice.answer,
    4: Advice.answer,
    5: Advice.answer,
    6: Advice.answer,
    FORMAT: Advice.answer,
}
"""By the format of the stored inputs."""
