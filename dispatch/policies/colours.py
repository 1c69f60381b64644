"""From what was found on a casualty to a colour, by START for grown ones and JumpSTART for children."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from dispatch.policies.jumpstart import jumpstart
from dispatch.policies.start import Ask, start
from domain.care_errors import TriageUnfinished, UnknownFinding
from domain.casualty import Category

METHODS: dict[str, Callable[..., Category | Ask]] = {"start": start, "jumpstart": jumpstart}


def colour(method: str, findings: Mapping[str, Any]) -> Category:
    """As soon as it is certain. Raises TriageUnfinished with what to find out next, UnknownFinding.

    method   : of METHODS
    findings : by the names of that function's parameters; one left out is not known yet
    """
    if method not in METHODS:
        raise UnknownFinding(finding=method[:40], method="?", known=", ".join(METHODS))
    known = tuple(inspect.signature(METHODS[method]).parameters)
    for finding in findings:
        if finding not in known:
            raise UnknownFinding(finding=finding[:40], method=method, known=", ".join(known))
    found = METHODS[method](**{"walks": None, **findings})
    if isinstance(found, Ask):
        raise TriageUnfinished(finding=found.finding)
    return found
