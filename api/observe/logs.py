"""What is written down: lines for people, or a JSON object a line. No personal data in either.

Our own records name ids, kinds and places in the log. A fault is what could betray a person: its text may
quote a value, a database quotes whole rows. Of a fault we write its kind, the first line of its text with
everything quoted blotted out, and where in the code it was.
"""

import json
import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from api.measure import FAULTS
from api.observe.switches import wants_json_logs

LONGEST = 500
"""Characters of one record's text."""
DEEPEST = 20
_QUOTED = re.compile(r"""(?<!\w)'[^']*'|"[^"]*"|(?<!\w)'[^']*$|"[^"]*$|\([^()]*=[^()]*\)""")
_NUMBER = re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d)\+?\d(?:[ .-]?\d){8,}(?![\w-])")
"""Nine digits and more, as telephones are written; ids and dates are left."""
BLOT = "…"


def set_up_logs(environment: Mapping[str, str]) -> None:
    """Give the root logger one handler that writes to the terminal; uvicorn's records come through it too."""
    as_json = wants_json_logs(environment)
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if as_json else PlainLines())
    handler.addFilter(count_faults)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        theirs = logging.getLogger(name)
        theirs.handlers.clear()
        theirs.propagate = True
    logging.getLogger("httpx").setLevel(logging.WARNING)
    # Of a broker that is away it tells forty times a second; whoever sends to it says so once.
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    # A line an order is for machines; a person at a terminal would not see the rest for it.
    logging.getLogger("vigil.orders").setLevel(logging.INFO if as_json else logging.WARNING)


def count_faults(record: logging.LogRecord) -> bool:
    """Let every record pass, and count those that an operator should look at."""
    if record.levelno >= logging.ERROR:
        FAULTS.labels(".".join(record.name.split(".")[:2])).inc()
    return True


class PlainLines(logging.Formatter):
    """As the terminal of `make run` shows them."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        record.message = discreet(record.message)
        return super().formatMessage(record)

    def formatException(self, fault: Any) -> str:
        said = of_fault(fault[1])
        return "\n".join([f"{said['kind']}: {said['text']}", *(f"  at {place}" for place in said["at"])])


class JsonLines(logging.Formatter):
    """An object a line: at, level, part, said, and what the record brings in `extra={"facts": {...}}`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": record.name,
            "said": discreet(record.getMessage()),
        }
        facts = getattr(record, "facts", None)
        if isinstance(facts, Mapping):
            line |= {name: fact for name, fact in facts.items() if fact is not None and name not in line}
        if record.exc_info and record.exc_info[1] is not None:
            line["fault"] = of_fault(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def of_fault(fault: BaseException | None) -> dict[str, Any]:
    """Its kind, its text without what it quotes, where it was, and by what it was caused."""
    if fault is None:
        return {"kind": "unknown", "text": "", "at": []}
    said: dict[str, Any] = {
        "kind": type(fault).__name__,
        "text": discreet(str(fault)),
        "at": _places(fault.__traceback__),
    }
    cause = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if cause is not None:
        kind, text = type(cause).__name__, discreet(str(cause))
        said["by"] = {"kind": kind, "text": text, "at": _places(cause.__traceback__)}
    return said


def discreet(text: str) -> str:
    """The first line without values: what stands in quotes, `(name=value)`, and long numbers."""
    first = text.strip().partition("\n")[0][:LONGEST]
    return _NUMBER.sub(BLOT, _QUOTED.sub(BLOT, first))


def _places(trace: TracebackType | None) -> list[str]:
    """The innermost last; the source's own words, which name no value, are left out all the same."""
    frames = traceback.extract_tb(trace)[-DEEPEST:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
