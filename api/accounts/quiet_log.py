"""Keep tokens out of the log: a socket's `?token=` stands in the address the server writes down."""

import logging
import re

_TOKEN = re.compile(r"([?&]token=)[^&\s\"]+", re.IGNORECASE)


class HideTokens(logging.Filter):
    """Blots the token out of a record; lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _blot(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_blot(value) for value in record.args)
        return True


def hide_tokens_in_logs() -> None:
    """Call once before the server starts; saying it twice is safe."""
    for name in ("uvicorn.access", "uvicorn.error"):
        logger = logging.getLogger(name)
        if not any(isinstance(known, HideTokens) for known in logger.filters):
            logger.addFilter(HideTokens())


def _blot(value: object) -> object:
    return _TOKEN.sub(r"\1***", value) if isinstance(value, str) else value
