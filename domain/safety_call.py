"""What a clinician finds who rings back somebody who waits for help."""

from enum import StrEnum

from domain.triage_errors import BadFinding


class Finding(StrEnum):
    UNCHANGED = "unchanged"
    WORSE = "worse"
    BETTER = "better"
    NO_ANSWER = "no_answer"


TITLES: dict[str, dict[str, str]] = {
    Finding.UNCHANGED: {"vi": "không đổi", "en": "unchanged"},
    Finding.WORSE: {"vi": "nặng hơn", "en": "worse"},
    Finding.BETTER: {"vi": "đỡ hơn", "en": "better"},
    Finding.NO_ANSWER: {"vi": "không nghe máy", "en": "no answer"},
}


def finding_named(name: str) -> Finding:
    """Raises BadFinding for a word that is none."""
    try:
        return Finding(name)
    except ValueError:
        raise BadFinding(finding=name[:40], known=", ".join(Finding)) from None
