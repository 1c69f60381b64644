"""What choosing a crew costs the crew: the end of its shift, a meal, a long day. In seconds, always shown."""

from datetime import datetime

from dispatch.policies import send_words
from dispatch.policies.fleet import Shift
from dispatch.policies.send_rules import SendRules
from dispatch.policies.words import Words


def comfort_penalties(
    shift: Shift, priority: str, rules: SendRules, now: datetime
) -> tuple[dict[str, float], list[Words]]:
    """Penalties by name, with the words for them. They never rule anybody out.

    The end of a shift counts f(t) = share * P * (1 - t / W) for t seconds left of the last W, and share * P
    from the end on; `share` is the city's for that priority.
    """
    penalties: dict[str, float] = {}
    reasons: list[Words] = []
    share = rules.comfort_share.get(priority, 1.0)
    if shift.ends_at is not None:
        left_s = (shift.ends_at - now).total_seconds()
        if left_s < rules.shift_end_within_s:
            gone = 1.0 - max(0.0, left_s) / rules.shift_end_within_s
            seconds = round(share * rules.shift_end_penalty_s * gone, 1)
            penalties["shift_end"] = seconds
            reasons.append(send_words.shift_end(int(left_s // 60), round(seconds)))
    due = {
        "meal": rules.meal_penalty_s if shift.meal_due_at is not None and shift.meal_due_at <= now else 0.0,
        "long_duty": _long_duty_s(shift, rules, now),
    }
    for name, whole_s in due.items():
        if whole_s > 0:
            penalties[name] = round(share * whole_s, 1)
            reasons.append(send_words.penalty(name, round(penalties[name])))
    return penalties, reasons


def _long_duty_s(shift: Shift, rules: SendRules, now: datetime) -> float:
    if shift.on_since is None:
        return 0.0
    on_s = (now - shift.on_since).total_seconds()
    return rules.long_duty_penalty_s if on_s > rules.long_duty_after_s else 0.0
