"""Words in both languages."""

from collections.abc import Mapping

Both = Mapping[str, str]


def both(vi: str, en: str) -> Both:
    return {"vi": vi, "en": en}
