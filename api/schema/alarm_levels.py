"""What each alarm level of an incident asks for."""

from pydantic import BaseModel


class AddedSlot(BaseModel):
    """So many units of one role."""

    role: str
    en: str
    vi: str
    count: int


class AlarmLevelRow(BaseModel):
    """adds : what this level asks for beyond the one below it"""

    level: int
    adds: list[AddedSlot]


class AlarmLevels(BaseModel):
    """now : the level the incident stands at; plan : the name of its response plan"""

    now: int
    plan: str
    levels: list[AlarmLevelRow]
