"""Crews come and go by the hour; who is on a run when the shift ends finishes it first."""

from collections.abc import Callable

from domain.values import Duty
from simulations.full.room import Room
from simulations.full.whereabouts import Standing
from simulations.week import on_duty


class Shifts:
    """leave : has a unit drive home from where it stands; driven: is told what a unit drove on its way"""

    def __init__(self, room: Room, leave: Callable[[str], None], driven: Callable[[float], None]) -> None:
        self.room, self.leave, self.driven = room, leave, driven

    def ends_for(self, callsign: str) -> bool:
        """Of one whose run has ended: whether its shift has ended, too. It signs off then and drives home."""
        if on_duty(callsign, self.room.clock(), self.room.rival):
            return False
        self._go(callsign)
        return True

    def turn(self) -> None:
        """Whoever comes stands at home; whoever goes is asked no more."""
        room, now_s = self.room, self.room.clock()
        for callsign in sorted(room.bases):
            row = room.views.row("units", callsign)
            assert row is not None, "every unit of the city has a row"
            there, known = on_duty(callsign, now_s, room.rival), row["duty"] == Duty.ON_DUTY
            if there and not known:
                self.driven(room.where[callsign].driven_m(now_s))
                home = int(room.ground.columns.base_spot[room.bases[callsign]])
                room.move(callsign, Standing(home))
                room.sign(callsign, Duty.ON_DUTY)
            elif known and not there and row["run_id"] is None:
                self._go(callsign)

    def _go(self, callsign: str) -> None:
        self.room.sign(callsign, Duty.OFF_DUTY)
        if isinstance(self.room.where[callsign], Standing):
            self.leave(callsign)
