"""What a rival does, in words."""

from simulations.experiment.experiment import Rival
from simulations.results.report.say import Say


def described(rival: Rival, say: Say) -> str:
    parts = [say("sends", policy=say(f"policy_{rival.policy}")), say(f"waits_{rival.move_up}")]
    if rival.without:
        parts.append(say("without", units=", ".join(rival.without)))
    parts += [say("more", count=count, station=station) for station, count in rival.more.items()]
    parts += [
        say("turnout", seconds=say.number(seconds, 0), kind=kind) for kind, seconds in rival.turnout_s.items()
    ]
    if rival.takers is not None:
        parts.append(say("takers_told", count=rival.takers))
    if rival.lines is not None:
        parts.append(say("lines_told", count=rival.lines))
    if rival.beds:
        parts.append(say("beds_taken"))
    return ", ".join(parts)
