"""The best plan in hindsight equals the one found by trying every plan there is."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as some

from dispatch.policies.hindsight import Job, least_late, least_seconds

UNITS = ("A", "B", "C")


@some.composite
def days(draw) -> list[Job]:
    """Up to five jobs that really could be done as they were: nobody is sent twice at one time."""
    jobs: list[Job] = []
    free = dict.fromkeys(UNITS, 0.0)
    at = 0.0
    for number in range(draw(some.integers(0, 5))):
        at += draw(some.integers(1, 12))
        able = [unit for unit in UNITS if free[unit] <= at]
        if not able:
            continue
        sent = draw(some.sampled_from(able))
        others = draw(some.sets(some.sampled_from(UNITS))) | {sent}
        arrivals = {unit: float(draw(some.integers(1, 20))) for unit in sorted(others)}
        job = Job(f"{number}", at, sent, float(draw(some.integers(0, 15))), 8.0, arrivals)
        free[sent] = at + job.sent_s + job.service_s
        jobs.append(job)
    return jobs


def by_trying(jobs: list[Job], cost) -> float:
    return min(
        sum(cost(job, job.arrivals[unit]) for job, unit in zip(jobs, plan, strict=True))
        for plan in product(*(job.arrivals for job in jobs))
        if possible(jobs, plan)
    )


def possible(jobs, plan) -> bool:
    held = [
        (unit, job.at, job.at + job.arrivals[unit] + job.service_s)
        for job, unit in zip(jobs, plan, strict=True)
    ]
    return not any(
        one[0] == other[0] and one[1] < other[2] and other[1] < one[2]
        for place, one in enumerate(held)
        for other in held[place + 1 :]
    )


@settings(max_examples=150, deadline=None)
@given(days())
def test_the_best_plan_is_the_best_of_all_plans(jobs):
    seconds, late = least_seconds(jobs), least_late(jobs)
    assert seconds.exact
    assert late.exact
    assert round(seconds.best, 6) == by_trying(jobs, lambda job, s: s)
    assert round(late.best, 6) == by_trying(jobs, lambda job, s: float(s >= job.target_s))
    assert seconds.best <= seconds.as_sent + 1e-6
    assert late.best <= late.as_sent + 1e-6


def test_sending_the_nearest_first_may_cost_the_next_one_dearly():
    first = Job("first", 0, "A", 100, 8, {"A": 3, "B": 4})
    second = Job("second", 10, "B", 100, 8, {"A": 5, "B": 30})
    found = least_seconds([first, second])
    assert (found.as_sent, found.best) == (33, 9)
    assert dict(found.assigned) == {"first": "B", "second": "A"}
    assert least_late([first, second]).regret == 1


def test_a_day_without_jobs_has_nothing_to_regret():
    assert least_seconds([]).regret == 0
