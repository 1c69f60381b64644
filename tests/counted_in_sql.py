"""The figures once more, in SQL over the raw events of the log: written by the definitions, not by the code.

One text serves PostgreSQL and SQLite; only how a fact is taken apart differs. `facts` has a line an event:
seq, topic, thing (whose history it is, hexadecimal), at (microseconds since 1970), f (its state, JSON).
"""

from collections.abc import Callable
from typing import Any

Ask = Callable[[str], list[tuple[Any, ...]]]


def id_of(name: str) -> str:
    return f"(f->'{name}'->>'_data_')"


def postgres_facts() -> str:
    return f"""
    facts AS (
        SELECT notification_id AS seq, topic, replace(originator_id::text, '-', '') AS thing,
               {postgres_us("f->'act'->'_data_'->>0")} AS at, f
        FROM (SELECT *, convert_from(state, 'utf8')::json AS f FROM vigil_log.dispatch_events) AS told
    )"""


def sqlite_facts() -> str:
    return f"""
    facts AS (
        SELECT rowid AS seq, topic, replace(originator_id, '-', '') AS thing,
               {sqlite_us("f->'act'->'_data_'->>0")} AS at, f
        FROM (SELECT rowid, *, CAST(state AS TEXT) AS f FROM stored_events)
    )"""


def postgres_us(text: str) -> str:
    return f"(extract(epoch FROM ({text})::timestamptz) * 1000000)::bigint"


def sqlite_us(text: str) -> str:
    micros = f"CASE substr({text}, 20, 1) WHEN '.' THEN CAST(substr({text}, 21, 6) AS INTEGER) ELSE 0 END"
    # Without its fraction, which strftime would round: 59.9996 is in the next second for it.
    whole = f"substr({text}, 1, 19) || substr({text}, -6)"
    return f"(CAST(strftime('%s', {whole}) AS INTEGER) * 1000000 + {micros})"


def told(facts: str, us: Callable[[str], str]) -> str:
    """Calls, incidents and runs as they stand, each from its newest word."""
    happened = us("f->'happened_at'->>'_data_'")
    return f"""WITH {facts},
    belonging AS (
        SELECT thing AS call_id, topic, {id_of("incident_id")} AS incident_id,
               row_number() OVER (PARTITION BY thing ORDER BY seq DESC) AS newest
        FROM facts WHERE topic IN ('Call.Joined', 'Call.Moved', 'Call.Separated')
    ),
    rang AS (
        SELECT incident_id, min(at) AS called FROM belonging JOIN facts ON thing = call_id
        WHERE newest = 1 AND belonging.topic <> 'Call.Separated' AND facts.topic = 'Call.Received'
        GROUP BY incident_id
    ),
    urgency AS (
        SELECT thing AS incident_id, f->>'priority' AS priority,
               row_number() OVER (PARTITION BY thing ORDER BY seq DESC) AS newest
        FROM facts WHERE topic IN ('Incident.Opened', 'Incident.Reprioritised')
    ),
    mergers AS (
        SELECT thing AS incident_id, topic, row_number() OVER (PARTITION BY thing ORDER BY seq DESC) AS newest
        FROM facts WHERE topic IN ('Incident.Merged', 'Incident.Unmerged')
    ),
    incidents AS (
        SELECT opened.thing AS id, priority, coalesce(called, opened.at) AS called
        FROM facts AS opened
        JOIN urgency ON urgency.incident_id = opened.thing AND urgency.newest = 1
        LEFT JOIN rang ON rang.incident_id = opened.thing
        WHERE opened.topic = 'Incident.Opened' AND opened.thing NOT IN (
            SELECT incident_id FROM mergers WHERE newest = 1 AND topic = 'Incident.Merged'
        )
    ),
    words AS (
        SELECT seq, thing AS run_id, 'assigned' AS milestone, at FROM facts WHERE topic = 'Run.Assigned'
        UNION ALL
        SELECT seq, thing, f->>'milestone', at FROM facts WHERE topic = 'Run.Progressed'
        UNION ALL
        SELECT seq, thing, f->>'milestone', {happened} FROM facts WHERE topic = 'Run.Corrected'
        UNION ALL
        SELECT seq, thing, f->>'milestone', NULL FROM facts WHERE topic = 'Run.Undone'
    ),
    times AS (
        SELECT run_id, milestone, at FROM (
            SELECT *, row_number() OVER (PARTITION BY run_id, milestone ORDER BY seq DESC) AS newest
            FROM words
        ) AS ranked WHERE newest = 1 AND at IS NOT NULL
    ),
    whose AS (
        SELECT thing AS run_id, {id_of("incident_id")} AS incident_id,
               row_number() OVER (PARTITION BY thing ORDER BY seq DESC) AS newest
        FROM facts WHERE topic IN ('Run.Assigned', 'Run.Moved')
    ),
    runs AS (
        SELECT sent.thing AS id, whose.incident_id, sent.f->>'callsign' AS callsign,
               (SELECT at FROM times WHERE run_id = sent.thing AND milestone = 'assigned') AS assigned,
               (SELECT at FROM times WHERE run_id = sent.thing AND milestone = 'accepted') AS accepted,
               (SELECT at FROM times WHERE run_id = sent.thing AND milestone = 'en_route') AS en_route,
               (SELECT at FROM times WHERE run_id = sent.thing AND milestone = 'on_scene') AS on_scene,
               (SELECT at FROM times WHERE run_id = sent.thing AND milestone = 'transporting')
                   AS transporting,
               (SELECT at FROM times WHERE run_id = sent.thing AND milestone = 'at_hospital') AS at_hospital,
               (SELECT at FROM times WHERE run_id = sent.thing AND milestone = 'handed_over') AS handed_over,
               (SELECT at FROM times WHERE run_id = sent.thing AND milestone = 'clear') AS clear,
               (SELECT max(at) FROM times
                WHERE run_id = sent.thing AND milestone IN ('clear', 'declined', 'stood_down')) AS ended
        FROM facts AS sent JOIN whose ON whose.run_id = sent.thing AND whose.newest = 1
        WHERE sent.topic = 'Run.Assigned'
          AND sent.thing IN (SELECT run_id FROM times WHERE milestone = 'assigned')
    )"""


CLOCKS = """,
    clocks AS (
        SELECT 'call_to_dispatch' AS interval_name, priority, called, called AS began,
               (SELECT min(assigned) FROM runs WHERE incident_id = incidents.id) AS ended
        FROM incidents
        UNION ALL
        SELECT 'call_to_scene', priority, called, called,
               (SELECT min(on_scene) FROM runs WHERE incident_id = incidents.id)
        FROM incidents
        UNION ALL
        SELECT 'dispatch_to_accept', priority, called, assigned, accepted FROM runs_of
        UNION ALL
        SELECT 'dispatch_to_mobile', priority, called, assigned, en_route FROM runs_of
        UNION ALL
        SELECT 'dispatch_to_scene', priority, called, assigned, on_scene FROM runs_of
        UNION ALL
        SELECT 'scene_time', priority, called, on_scene, coalesce(transporting, clear) FROM runs_of
        WHERE on_scene IS NOT NULL
        UNION ALL
        SELECT 'scene_to_hospital', priority, called, transporting, at_hospital FROM runs_of
        WHERE transporting IS NOT NULL
        UNION ALL
        SELECT 'arrival_to_handover', priority, called, at_hospital, handed_over FROM runs_of
        WHERE at_hospital IS NOT NULL
        UNION ALL
        SELECT 'call_to_handover', priority, called, called, handed_over FROM runs_of
        WHERE transporting IS NOT NULL
    ),
    measured AS (
        SELECT interval_name, priority, (ended - began) / 1000000 AS seconds,
               row_number() OVER (
                   PARTITION BY interval_name, priority ORDER BY (ended - began) / 1000000
               ) AS place,
               count(*) OVER (PARTITION BY interval_name, priority) AS n
        FROM clocks WHERE ended >= began AND called >= {start} AND called < {end}
    ),
    begun AS (
        SELECT interval_name, priority, count(*) AS clocks FROM clocks
        WHERE called >= {start} AND called < {end} GROUP BY interval_name, priority
    )
SELECT begun.interval_name, begun.priority, begun.clocks, coalesce(max(n), 0),
       max(CASE WHEN place = (50 * n + 99) / 100 THEN seconds END),
       max(CASE WHEN place = (90 * n + 99) / 100 THEN seconds END),
       max(seconds),
       coalesce(sum(seconds), 0),
       coalesce(sum(CASE WHEN seconds >= {limit} THEN 1 ELSE 0 END), 0)
FROM begun LEFT JOIN measured
  ON measured.interval_name = begun.interval_name AND measured.priority = begun.priority
GROUP BY begun.interval_name, begun.priority, begun.clocks
"""

RUNS_OF = """,
    runs_of AS (
        SELECT runs.*, priority, called FROM runs JOIN incidents ON incidents.id = runs.incident_id
    )"""

HOURS = """,
    signed AS (
        SELECT f->>'callsign' AS callsign, topic, at,
               lead(at) OVER (PARTITION BY f->>'callsign' ORDER BY at, seq) AS until
        FROM facts WHERE topic IN ('Unit.WentOnDuty', 'Unit.WentOffDuty', 'Unit.TakenOutOfService')
    ),
    all_spans AS (
        SELECT 'busy' AS what, callsign, assigned AS began, coalesce(ended, {end}) AS over_at FROM runs
        UNION ALL
        SELECT 'staffed', callsign, assigned, coalesce(ended, {end}) FROM runs
        UNION ALL
        SELECT 'staffed', callsign, at, coalesce(until, {end}) FROM signed WHERE topic = 'Unit.WentOnDuty'
    ),
    spans AS (
        SELECT what, callsign, CASE WHEN began < {start} THEN {start} ELSE began END AS began,
               CASE WHEN over_at > {end} THEN {end} ELSE over_at END AS over_at
        FROM all_spans WHERE began < {end} AND over_at > {start}
    ),
    laid AS (
        SELECT *, max(over_at) OVER (
            PARTITION BY what, callsign ORDER BY began, over_at
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS reached FROM spans
    )
SELECT what, callsign, cast(sum(
    CASE WHEN reached IS NULL OR reached <= began THEN over_at - began
         WHEN reached < over_at THEN over_at - reached ELSE 0 END
) AS bigint) / 1000000
FROM laid GROUP BY what, callsign
"""


def intervals_in_sql(
    ask: Ask, facts: str, us: Callable[[str], str], start: int, end: int, limit: int
) -> dict:
    """{(priority, interval): (clocks begun, n, p50, p90, longest, mean, late)}"""
    rows = ask(told(facts, us) + RUNS_OF + CLOCKS.format(start=start, end=end, limit=limit))
    found = {}
    for name, priority, *row in rows:
        begun, n, p50, p90, longest, total, late = (None if each is None else int(each) for each in row)
        found[priority, name] = (begun, n, p50, p90, longest, round(total / n, 1) if n else None, late)
    return found


def hours_in_sql(ask: Ask, facts: str, us: Callable[[str], str], start: int, end: int) -> dict:
    """{(what, callsign): seconds}"""
    rows = ask(told(facts, us) + HOURS.format(start=start, end=end))
    return {(what, callsign): int(seconds) for what, callsign, seconds in rows if seconds}
