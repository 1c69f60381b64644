"""Numbers people can say on the radio: incidents are counted from 1 each day."""

from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.values import Act


class DayBook(Aggregate):
    TOPIC = "DayBook"

    class Begun(Beginning):
        TOPIC = "DayBook.Begun"
        day: str

    class Numbered(Fact):
        TOPIC = "DayBook.Numbered"
        day: str
        number: int

    @event(Begun)
    def __init__(self, day: str, act: Act) -> None:
        self.day = day
        self.last = 0

    @staticmethod
    def create_id(day: str) -> UUID:
        return natural_id("days", day)

    def next_number(self, act: Act) -> int:
        number = self.last + 1
        self._numbered(day=self.day, number=number, act=act)
        return number

    @event(Numbered)
    def _numbered(self, day: str, number: int, act: Act) -> None:
        self.last = number
