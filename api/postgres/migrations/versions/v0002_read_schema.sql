-- What others may read. Units of measure stand in the names, times have a zone, every column says what it is.
-- Who called, phone numbers, addresses and whatever was typed freely about people are in none of these tables.

CREATE VIEW vigil_read.units AS
SELECT
    u.callsign,
    u.kind,
    u.capabilities,
    u.station_id,
    u.duty,
    u.status,
    u.since,
    u.milestone,
    u.run_id,
    u.incident_id,
    u.incident_number,
    u.hospital_id,
    p.position,
    p.at AS position_at,
    p.source AS position_source,
    EXTRACT(EPOCH FROM now() - p.at)::double precision AS position_age_s
FROM vigil.units AS u
LEFT JOIN vigil.unit_positions AS p USING (callsign);
COMMENT ON VIEW vigil_read.units IS
    'The fleet as it stands, one row a unit (key: callsign).';
COMMENT ON COLUMN vigil_read.units.callsign IS
    'By what the unit is called; unique.';
COMMENT ON COLUMN vigil_read.units.kind IS
    'van or motorbike.';
COMMENT ON COLUMN vigil_read.units.capabilities IS
    'What crew and vehicle can do, such as ALS, BLS.';
COMMENT ON COLUMN vigil_read.units.station_id IS
    'Where it belongs, by the id in the city file.';
COMMENT ON COLUMN vigil_read.units.duty IS
    'on_duty, off_duty or out_of_service.';
COMMENT ON COLUMN vigil_read.units.status IS
    'AV available, DP dispatched, EN en route, SC on scene, TR transporting, HP at hospital, NS not in service.';
COMMENT ON COLUMN vigil_read.units.since IS
    'Since when the status stands.';
COMMENT ON COLUMN vigil_read.units.milestone IS
    'The last milestone of its run; null without a run.';
COMMENT ON COLUMN vigil_read.units.run_id IS
    'The run it is on; null where it is on none.';
COMMENT ON COLUMN vigil_read.units.incident_id IS
    'The incident it serves; null where it serves none.';
COMMENT ON COLUMN vigil_read.units.incident_number IS
    'The number of that incident as people say it; counted anew each day.';
COMMENT ON COLUMN vigil_read.units.hospital_id IS
    'The hospital it drives to; null where that is open.';
COMMENT ON COLUMN vigil_read.units.position IS
    'Its last known place, WGS84; null where it never told one.';
COMMENT ON COLUMN vigil_read.units.position_at IS
    'Of what time that place is.';
COMMENT ON COLUMN vigil_read.units.position_source IS
    'Who told it: telemetry, decision (the place a decision went by) or milestone (told with it).';
COMMENT ON COLUMN vigil_read.units.position_age_s IS
    'Seconds since then; how far the place can be believed.';

CREATE VIEW vigil_read.unit_history AS
SELECT
    h.callsign,
    h.seq,
    h.began_at,
    h.next_at AS ended_at,
    EXTRACT(EPOCH FROM h.next_at - h.began_at)::double precision AS lasted_s,
    h.duty,
    h.status,
    h.milestone,
    h.run_id,
    h.incident_id,
    h.hospital_id,
    h.position
FROM (
    SELECT told.*, lead(told.began_at) OVER (PARTITION BY told.callsign ORDER BY told.seq) AS next_at
    FROM (
        SELECT h.*,
               lead(h.seq) OVER passage AS next_seq,
               (h.duty, h.status, h.milestone, h.run_id, h.hospital_id) IS NOT DISTINCT FROM
               (lead(h.duty) OVER passage, lead(h.status) OVER passage, lead(h.milestone) OVER passage,
                lead(h.run_id) OVER passage, lead(h.hospital_id) OVER passage) AS said_again
        FROM vigil.unit_history AS h
        WINDOW passage AS (PARTITION BY h.callsign ORDER BY h.seq)
    ) AS told
    -- Where only the time differs, the next row corrects this one.
    WHERE told.next_seq IS NULL OR NOT told.said_again
) AS h;
COMMENT ON VIEW vigil_read.unit_history IS
    'What each unit did, one row a passage between two changes (key: callsign, seq).';
COMMENT ON COLUMN vigil_read.unit_history.callsign IS
    'Which unit.';
COMMENT ON COLUMN vigil_read.unit_history.seq IS
    'The place in the event log where the passage begins; orders the passages of a unit.';
COMMENT ON COLUMN vigil_read.unit_history.began_at IS
    'When it began, as corrected. Ask for a stretch of time: the table has a part a day.';
COMMENT ON COLUMN vigil_read.unit_history.ended_at IS
    'When the next one began; null while it lasts.';
COMMENT ON COLUMN vigil_read.unit_history.lasted_s IS
    'Seconds between the two; null while it lasts.';
COMMENT ON COLUMN vigil_read.unit_history.duty IS
    'on_duty, off_duty or out_of_service.';
COMMENT ON COLUMN vigil_read.unit_history.status IS
    'AV available, DP dispatched, EN en route, SC on scene, TR transporting, HP at hospital, NS not in service.';
COMMENT ON COLUMN vigil_read.unit_history.milestone IS
    'The milestone of its run; null without a run.';
COMMENT ON COLUMN vigil_read.unit_history.run_id IS
    'The run it was on; null without one.';
COMMENT ON COLUMN vigil_read.unit_history.incident_id IS
    'The incident it served; null without one.';
COMMENT ON COLUMN vigil_read.unit_history.hospital_id IS
    'The hospital it drove to; null where that was open.';
COMMENT ON COLUMN vigil_read.unit_history.position IS
    'The place told with the milestone that began it, WGS84; null where none was told.';

CREATE VIEW vigil_read.calls AS
SELECT
    c.id,
    c.received_at,
    c.closed_at,
    c.status,
    c.priority,
    c.determinant,
    c.incident_id
FROM vigil.calls AS c;
COMMENT ON VIEW vigil_read.calls IS
    'Every call, without who called and from where (key: id).';
COMMENT ON COLUMN vigil_read.calls.id IS
    'Unique.';
COMMENT ON COLUMN vigil_read.calls.received_at IS
    'When it rang.';
COMMENT ON COLUMN vigil_read.calls.closed_at IS
    'When it was closed without an incident; null otherwise.';
COMMENT ON COLUMN vigil_read.calls.status IS
    'open, triaged, in_incident or closed.';
COMMENT ON COLUMN vigil_read.calls.priority IS
    'P1 (a threat to life) to P4; null before triage.';
COMMENT ON COLUMN vigil_read.calls.determinant IS
    'The code of the triage card; null before triage.';
COMMENT ON COLUMN vigil_read.calls.incident_id IS
    'The incident it belongs to; null while it belongs to none.';

CREATE VIEW vigil_read.incidents AS
SELECT
    i.id,
    i.number,
    i.priority,
    i.determinant,
    i.status,
    i.patients,
    i.capabilities,
    i.bed_kind,
    i.speciality,
    i.position,
    i.opened_at,
    i.first_call_at,
    i.waiting_since,
    EXTRACT(EPOCH FROM now() - i.waiting_since)::double precision AS waiting_s,
    i.closed_at,
    i.calls,
    i.runs
FROM vigil.incidents AS i;
COMMENT ON VIEW vigil_read.incidents IS
    'Every incident, one row a need at a place (key: id). Where somebody needed help is sensitive: publish sums, not points.';
COMMENT ON COLUMN vigil_read.incidents.id IS
    'Unique.';
COMMENT ON COLUMN vigil_read.incidents.number IS
    'As people say it; counted anew each day.';
COMMENT ON COLUMN vigil_read.incidents.priority IS
    'P1 (a threat to life) to P4.';
COMMENT ON COLUMN vigil_read.incidents.determinant IS
    'The code of the triage card; null where none was used.';
COMMENT ON COLUMN vigil_read.incidents.status IS
    'waiting, assigned, en_route, on_scene, transporting, at_hospital, done or closed.';
COMMENT ON COLUMN vigil_read.incidents.patients IS
    'How many people need help, as far as known.';
COMMENT ON COLUMN vigil_read.incidents.capabilities IS
    'What one unit must have aboard, such as ALS, transport.';
COMMENT ON COLUMN vigil_read.incidents.bed_kind IS
    'The bed wanted, by its EDXL-HAVE name; null where nobody travels.';
COMMENT ON COLUMN vigil_read.incidents.speciality IS
    'What the hospital must be able to do; null for any.';
COMMENT ON COLUMN vigil_read.incidents.position IS
    'The scene, WGS84.';
COMMENT ON COLUMN vigil_read.incidents.opened_at IS
    'When it was opened.';
COMMENT ON COLUMN vigil_read.incidents.first_call_at IS
    'When the first of its calls rang.';
COMMENT ON COLUMN vigil_read.incidents.waiting_since IS
    'Since when nobody has been on the way; null while somebody is, or nobody need be.';
COMMENT ON COLUMN vigil_read.incidents.waiting_s IS
    'Seconds since then, now; null where it does not wait.';
COMMENT ON COLUMN vigil_read.incidents.closed_at IS
    'When it was closed; null while it is open.';
COMMENT ON COLUMN vigil_read.incidents.calls IS
    'How many calls tell of it.';
COMMENT ON COLUMN vigil_read.incidents.runs IS
    'How many runs were opened for it, those that ended included.';

CREATE VIEW vigil_read.runs AS
SELECT
    r.id,
    r.incident_id,
    r.incident_number,
    r.callsign,
    r.hospital_id,
    r.bed_kind,
    r.decision_id,
    r.overridden,
    r.eta_s,
    r.status,
    r.assigned_at,
    r.accepted_at,
    r.declined_at,
    r.en_route_at,
    r.on_scene_at,
    r.patient_contact_at,
    r.transporting_at,
    r.at_hospital_at,
    r.handed_over_at,
    r.clear_at,
    r.stood_down_at,
    r.corrections,
    r.waiting_s,
    r.response_s,
    p.start_at,
    w.route,
    w.duration_s AS route_duration_s,
    w.distance_m AS route_distance_m,
    w.method AS route_method,
    w.map_version AS route_map_version,
    w.traffic_version AS route_traffic_version,
    w.asked_at AS route_asked_at
FROM vigil.runs AS r
LEFT JOIN vigil.run_routes AS w ON w.run_id = r.id
LEFT JOIN vigil.run_places AS p ON p.run_id = r.id;
COMMENT ON VIEW vigil_read.runs IS
    'Every run, one unit''s answer to one incident (key: id), with the way to the scene as the roads told it.';
COMMENT ON COLUMN vigil_read.runs.id IS
    'Unique.';
COMMENT ON COLUMN vigil_read.runs.incident_id IS
    'The incident.';
COMMENT ON COLUMN vigil_read.runs.incident_number IS
    'Its number as people say it; counted anew each day.';
COMMENT ON COLUMN vigil_read.runs.callsign IS
    'The unit.';
COMMENT ON COLUMN vigil_read.runs.hospital_id IS
    'Where the patient goes or went; null where that is open, or nobody travels.';
COMMENT ON COLUMN vigil_read.runs.bed_kind IS
    'The bed wanted there, by its EDXL-HAVE name.';
COMMENT ON COLUMN vigil_read.runs.decision_id IS
    'The recommendation the dispatcher looked at; null where there was none.';
COMMENT ON COLUMN vigil_read.runs.overridden IS
    'Whether the dispatcher chose otherwise and gave a reason.';
COMMENT ON COLUMN vigil_read.runs.eta_s IS
    'Seconds to the scene as expected when the unit was assigned, turnout included.';
COMMENT ON COLUMN vigil_read.runs.status IS
    'The last milestone.';
COMMENT ON COLUMN vigil_read.runs.assigned_at IS
    'The unit was assigned; as corrected, null where it did not happen or was not told.';
COMMENT ON COLUMN vigil_read.runs.accepted_at IS
    'The crew accepted; as corrected, null where it did not happen or was not told.';
COMMENT ON COLUMN vigil_read.runs.declined_at IS
    'The crew declined, which ends the run; as corrected, null where it did not happen or was not told.';
COMMENT ON COLUMN vigil_read.runs.en_route_at IS
    'The unit drove off; as corrected, null where it did not happen or was not told.';
COMMENT ON COLUMN vigil_read.runs.on_scene_at IS
    'The unit was at the scene; as corrected, null where it did not happen or was not told.';
COMMENT ON COLUMN vigil_read.runs.patient_contact_at IS
    'The crew was with the patient; as corrected, null where it did not happen or was not told.';
COMMENT ON COLUMN vigil_read.runs.transporting_at IS
    'The unit left the scene with the patient; as corrected, null where it did not happen or was not told.';
COMMENT ON COLUMN vigil_read.runs.at_hospital_at IS
    'The unit was at the hospital; as corrected, null where it did not happen or was not told.';
COMMENT ON COLUMN vigil_read.runs.handed_over_at IS
    'The patient was handed over; as corrected, null where it did not happen or was not told.';
COMMENT ON COLUMN vigil_read.runs.clear_at IS
    'The unit was free again, which ends the run; as corrected, null where it did not happen or was not told.';
COMMENT ON COLUMN vigil_read.runs.stood_down_at IS
    'The run was called off, which ends it; as corrected, null where it did not happen or was not told.';
COMMENT ON COLUMN vigil_read.runs.corrections IS
    'How many of these times were corrected afterwards.';
COMMENT ON COLUMN vigil_read.runs.waiting_s IS
    'Seconds from the opening of the incident until this unit was assigned.';
COMMENT ON COLUMN vigil_read.runs.response_s IS
    'Seconds from the first call until this unit was at the scene.';
COMMENT ON COLUMN vigil_read.runs.start_at IS
    'Of what time the place is where the decision saw the unit.';
COMMENT ON COLUMN vigil_read.runs.route IS
    'The way from there to the scene, WGS84; null where the roads knew none or were not asked yet.';
COMMENT ON COLUMN vigil_read.runs.route_duration_s IS
    'Seconds that way was expected to take, without turnout.';
COMMENT ON COLUMN vigil_read.runs.route_distance_m IS
    'Its length in metres.';
COMMENT ON COLUMN vigil_read.runs.route_method IS
    'road, straight_line (the roads could not be asked) or none (no way or no place to start from).';
COMMENT ON COLUMN vigil_read.runs.route_map_version IS
    'The map it was found on.';
COMMENT ON COLUMN vigil_read.runs.route_traffic_version IS
    'The road weights it was found with.';
COMMENT ON COLUMN vigil_read.runs.route_asked_at IS
    'When the roads were asked; long after the run where the tables were made again.';

CREATE VIEW vigil_read.hospitals AS
SELECT
    h.id,
    h.code,
    h.name,
    h.name_en,
    h.position,
    h.specialities,
    h.diverted,
    h.diverted_since,
    h.diverted_until,
    h.diverted_services,
    h.inbound,
    h.arrived
FROM vigil.hospitals AS h;
COMMENT ON VIEW vigil_read.hospitals IS
    'Every hospital as it stands (key: id).';
COMMENT ON COLUMN vigil_read.hospitals.id IS
    'By the city file; unique.';
COMMENT ON COLUMN vigil_read.hospitals.code IS
    'Short, for typing.';
COMMENT ON COLUMN vigil_read.hospitals.name IS
    'As it is called.';
COMMENT ON COLUMN vigil_read.hospitals.name_en IS
    'The same in English.';
COMMENT ON COLUMN vigil_read.hospitals.position IS
    'Its entrance, WGS84.';
COMMENT ON COLUMN vigil_read.hospitals.specialities IS
    'What it can do, such as stroke, trauma.';
COMMENT ON COLUMN vigil_read.hospitals.diverted IS
    'Whether it turns units away.';
COMMENT ON COLUMN vigil_read.hospitals.diverted_since IS
    'Since when; null where it does not.';
COMMENT ON COLUMN vigil_read.hospitals.diverted_until IS
    'Until when, as it said; null where it does not.';
COMMENT ON COLUMN vigil_read.hospitals.diverted_services IS
    'Of which services; empty for all of them.';
COMMENT ON COLUMN vigil_read.hospitals.inbound IS
    'Units on their way to it.';
COMMENT ON COLUMN vigil_read.hospitals.arrived IS
    'Units there that have not handed over yet.';

CREATE VIEW vigil_read.beds AS
SELECT
    b.hospital_id,
    b.kind,
    b.staffed,
    b.occupied,
    b.blocked,
    b.held,
    b.free,
    b.assumed,
    b.reported_at
FROM vigil.beds AS b;
COMMENT ON VIEW vigil_read.beds IS
    'Beds by hospital and kind as they stand (key: hospital_id, kind).';
COMMENT ON COLUMN vigil_read.beds.hospital_id IS
    'Which hospital.';
COMMENT ON COLUMN vigil_read.beds.kind IS
    'One of the fourteen bed types of EDXL-HAVE.';
COMMENT ON COLUMN vigil_read.beds.staffed IS
    'Beds that have staff.';
COMMENT ON COLUMN vigil_read.beds.occupied IS
    'Of these, with a patient.';
COMMENT ON COLUMN vigil_read.beds.blocked IS
    'Of these, not usable.';
COMMENT ON COLUMN vigil_read.beds.held IS
    'Of these, promised to a run.';
COMMENT ON COLUMN vigil_read.beds.free IS
    'What is left; below zero where a hospital reported fewer than were promised.';
COMMENT ON COLUMN vigil_read.beds.assumed IS
    'True until the hospital itself has spoken.';
COMMENT ON COLUMN vigil_read.beds.reported_at IS
    'When it last spoke; null until it has.';

CREATE VIEW vigil_read.closures AS
SELECT
    c.id,
    c.status,
    c.stretch,
    c.width_m,
    c.profiles,
    c.reason,
    c.since,
    c.until,
    c.ended_at,
    c.ended_cause
FROM vigil.closures AS c
WHERE c.kind = 'closure';
COMMENT ON VIEW vigil_read.closures IS
    'Closed stretches of streets, the newest of those that ended included (key: id).';
COMMENT ON COLUMN vigil_read.closures.id IS
    'Unique.';
COMMENT ON COLUMN vigil_read.closures.status IS
    'open or ended.';
COMMENT ON COLUMN vigil_read.closures.stretch IS
    'A point, a line or an area, WGS84.';
COMMENT ON COLUMN vigil_read.closures.width_m IS
    'Metres from a point or line within which streets count; of no meaning for an area.';
COMMENT ON COLUMN vigil_read.closures.profiles IS
    'Whom it stops: van, motorbike; empty for everyone.';
COMMENT ON COLUMN vigil_read.closures.reason IS
    'Why, as the dispatcher wrote it.';
COMMENT ON COLUMN vigil_read.closures.since IS
    'Since when.';
COMMENT ON COLUMN vigil_read.closures.until IS
    'Until when it was said to last; null where nobody said.';
COMMENT ON COLUMN vigil_read.closures.ended_at IS
    'When it ended; null while it stands.';
COMMENT ON COLUMN vigil_read.closures.ended_cause IS
    'What ended it: lifted by hand, expired by its time, or replaced by a newer word.';

CREATE VIEW vigil_read.slowings AS
SELECT
    c.id,
    c.status,
    c.stretch,
    c.width_m,
    c.share,
    c.reason,
    c.since,
    c.until,
    c.ended_at,
    c.ended_cause
FROM vigil.closures AS c
WHERE c.kind = 'slowing';
COMMENT ON VIEW vigil_read.slowings IS
    'Slowed stretches of streets, the newest of those that ended included (key: id).';
COMMENT ON COLUMN vigil_read.slowings.id IS
    'Unique.';
COMMENT ON COLUMN vigil_read.slowings.status IS
    'open or ended.';
COMMENT ON COLUMN vigil_read.slowings.stretch IS
    'A point, a line or an area, WGS84.';
COMMENT ON COLUMN vigil_read.slowings.width_m IS
    'Metres from a point or line within which streets count; of no meaning for an area.';
COMMENT ON COLUMN vigil_read.slowings.share IS
    'At which share of the usual speed everyone drives there.';
COMMENT ON COLUMN vigil_read.slowings.reason IS
    'Why, as the dispatcher wrote it.';
COMMENT ON COLUMN vigil_read.slowings.since IS
    'Since when.';
COMMENT ON COLUMN vigil_read.slowings.until IS
    'Until when it was said to last; null where nobody said.';
COMMENT ON COLUMN vigil_read.slowings.ended_at IS
    'When it ended; null while it stands.';
COMMENT ON COLUMN vigil_read.slowings.ended_cause IS
    'What ended it: lifted by hand, expired by its time, or replaced by a newer word.';

CREATE VIEW vigil_read.coverage AS
SELECT
    c.at,
    c.profile,
    c.minutes,
    c.area,
    c.area_km2,
    c.street_km,
    c.demand_share,
    c.demand,
    c.units,
    c.method,
    c.map_version,
    c.traffic_version
FROM vigil.coverage AS c;
COMMENT ON VIEW vigil_read.coverage IS
    'What the free units reached, every few minutes (key: at, profile, minutes).';
COMMENT ON COLUMN vigil_read.coverage.at IS
    'At which instant.';
COMMENT ON COLUMN vigil_read.coverage.profile IS
    'Who drives: van or motorbike, on blue light.';
COMMENT ON COLUMN vigil_read.coverage.minutes IS
    'Within how many minutes of driving, turnout not included.';
COMMENT ON COLUMN vigil_read.coverage.area IS
    'What is within reach, WGS84; empty where nobody is free.';
COMMENT ON COLUMN vigil_read.coverage.area_km2 IS
    'Its size in square kilometres.';
COMMENT ON COLUMN vigil_read.coverage.street_km IS
    'Kilometres of street within reach; null where no streets are known.';
COMMENT ON COLUMN vigil_read.coverage.demand_share IS
    'Share of the expected demand within reach, 0 to 1; null where nothing is known of it.';
COMMENT ON COLUMN vigil_read.coverage.demand IS
    'What stands for the demand: streets (the length of those people live on) or unknown.';
COMMENT ON COLUMN vigil_read.coverage.units IS
    'How many free units were counted.';
COMMENT ON COLUMN vigil_read.coverage.method IS
    'road, or straight_line where the roads could not be asked.';
COMMENT ON COLUMN vigil_read.coverage.map_version IS
    'The map.';
COMMENT ON COLUMN vigil_read.coverage.traffic_version IS
    'The road weights.';

CREATE VIEW vigil_read.kpi_intervals AS
SELECT
    k.run_id,
    k.incident_id,
    k.callsign,
    k.priority,
    k.hospital_id,
    k.assigned_at,
    k.call_to_dispatch_s,
    k.dispatch_to_en_route_s,
    k.response_s,
    k.on_scene_s,
    k.transport_s,
    k.handover_s
FROM vigil.kpi_intervals AS k;
COMMENT ON VIEW vigil_read.kpi_intervals IS
    'How long each part of a run took (key: run_id). Null while an end of the part is not known.';
COMMENT ON COLUMN vigil_read.kpi_intervals.run_id IS
    'The run.';
COMMENT ON COLUMN vigil_read.kpi_intervals.incident_id IS
    'Its incident.';
COMMENT ON COLUMN vigil_read.kpi_intervals.callsign IS
    'The unit.';
COMMENT ON COLUMN vigil_read.kpi_intervals.priority IS
    'The priority of the incident, as it stands.';
COMMENT ON COLUMN vigil_read.kpi_intervals.hospital_id IS
    'Where the patient goes or went.';
COMMENT ON COLUMN vigil_read.kpi_intervals.assigned_at IS
    'When the unit was assigned.';
COMMENT ON COLUMN vigil_read.kpi_intervals.call_to_dispatch_s IS
    'Seconds from the first call of the incident until this unit was assigned.';
COMMENT ON COLUMN vigil_read.kpi_intervals.dispatch_to_en_route_s IS
    'Seconds from the assignment until it drove off (turnout).';
COMMENT ON COLUMN vigil_read.kpi_intervals.response_s IS
    'Seconds from the first call until it was at the scene.';
COMMENT ON COLUMN vigil_read.kpi_intervals.on_scene_s IS
    'Seconds at the scene: until it drove to a hospital, or was clear where nobody was taken along.';
COMMENT ON COLUMN vigil_read.kpi_intervals.transport_s IS
    'Seconds from the scene to the hospital.';
COMMENT ON COLUMN vigil_read.kpi_intervals.handover_s IS
    'Seconds from the arrival at the hospital until the patient was handed over.';

CREATE VIEW vigil_read.reached AS
SELECT
    t.seq
FROM vigil.tables_position AS t;
COMMENT ON VIEW vigil_read.reached IS
    'How far these tables are, one row.';
COMMENT ON COLUMN vigil_read.reached.seq IS
    'The place in the event log they stand at.';
