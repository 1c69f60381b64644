"""How stations answer: offers made, taken, declined and left unanswered, by day of the shift."""

from domain.base import Fact
from domain.offer import Offer
from projections.rows import Row, changed

FACTS = (Offer.Made, Offer.Answered, Offer.Lapsed)
DAYS_KEPT = 35
"""A month and a little: reports over longer times read the log."""
NONE_YET = {"offered": 0, "accepted": 0, "declined": 0, "called_off": 0, "lapsed": 0}


class StationDays:
    """One row a station: `days` by the day on which the shift began at 06:30."""

    name = "station_days"
    facts = FACTS

    def keys(self, event: Fact) -> tuple[str, ...]:
        return (event.station_id,) if isinstance(event, FACTS) else ()

    def fold(self, key: str, row: Row | None, event: Fact, seq: int) -> Row | None:
        match event:
            case Offer.Made():
                what = "offered"
            case Offer.Answered(answer=answer):
                what = str(answer)
            case Offer.Lapsed():
                what = "lapsed"
            case _:
                return row
        row = row or {"id": key, "days": {}, "seq": 0}
        counts = {**NONE_YET, **row["days"].get(event.shift_day, {})}
        days = {**row["days"], event.shift_day: {**counts, what: counts[what] + 1}}
        kept = sorted(days)[-DAYS_KEPT:]
        return changed(row, seq, days={day: days[day] for day in kept})
