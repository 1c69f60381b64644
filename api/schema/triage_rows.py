"""What triage and the clinicians add to the rows of calls and incidents."""

from pydantic import BaseModel


class TitlePart(BaseModel):
    """The determinant in words."""

    vi: str
    en: str


class ReferralPart(BaseModel):
    """A clinician was asked to look at it."""

    at: str
    by: str
    reason: str | None


class SafetyCallPart(BaseModel):
    """The last time somebody rang back who waits."""

    at: str
    by: str
    finding: str
    note: str | None
