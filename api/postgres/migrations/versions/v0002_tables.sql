-- The tables that maps and figures are made of (projections/postgis/tables.py says what each is for).

CREATE TABLE vigil.units (
    callsign        text NOT NULL,
    unit_id         uuid NOT NULL,
    kind            text NOT NULL,
    capabilities    text[] NOT NULL,
    station_id      text,
    duty            text NOT NULL,
    status          text NOT NULL,
    since           timestamptz NOT NULL,
    run_id          uuid,
    incident_id     uuid,
    incident_number integer,
    hospital_id     text,
    milestone       text,
    seq             bigint NOT NULL,
    folded          json NOT NULL,
    PRIMARY KEY (callsign)
) WITH (fillfactor = 70);

CREATE TABLE vigil.unit_positions (
    callsign text NOT NULL,
    position geometry(Point, 4326) NOT NULL,
    at       timestamptz NOT NULL,
    source   text NOT NULL,
    PRIMARY KEY (callsign)
) WITH (fillfactor = 50);
CREATE INDEX unit_positions_position_gist ON vigil.unit_positions USING gist (position);
CREATE INDEX unit_positions_position_metres ON vigil.unit_positions USING gist (geography(position));

CREATE TABLE vigil.unit_history (
    callsign    text NOT NULL,
    seq         bigint NOT NULL,
    began_at    timestamptz NOT NULL,
    duty        text NOT NULL,
    status      text NOT NULL,
    run_id      uuid,
    incident_id uuid,
    hospital_id text,
    milestone   text,
    position    geometry(Point, 4326),
    PRIMARY KEY (callsign, seq, began_at)
) PARTITION BY RANGE (began_at);
CREATE INDEX unit_history_began_at ON vigil.unit_history (began_at);
CREATE INDEX unit_history_position_gist ON vigil.unit_history USING gist (position);

CREATE TABLE vigil.calls (
    id          uuid NOT NULL,
    received_at timestamptz NOT NULL,
    closed_at   timestamptz,
    status      text NOT NULL,
    priority    text,
    determinant text,
    incident_id uuid,
    position    geometry(Point, 4326),
    seq         bigint NOT NULL,
    folded      json NOT NULL,
    PRIMARY KEY (id)
) WITH (fillfactor = 80);
CREATE INDEX calls_position_gist ON vigil.calls USING gist (position);

CREATE TABLE vigil.incidents (
    id            uuid NOT NULL,
    number        integer NOT NULL,
    priority      text,
    determinant   text,
    status        text NOT NULL,
    patients      integer,
    capabilities  text[] NOT NULL,
    bed_kind      text,
    speciality    text,
    position      geometry(Point, 4326) NOT NULL,
    opened_at     timestamptz NOT NULL,
    first_call_at timestamptz,
    waiting_since timestamptz,
    closed_at     timestamptz,
    calls         integer NOT NULL,
    runs          integer NOT NULL,
    seq           bigint NOT NULL,
    folded        json NOT NULL,
    PRIMARY KEY (id)
) WITH (fillfactor = 80);
CREATE INDEX incidents_opened_at ON vigil.incidents (opened_at);
CREATE INDEX incidents_position_gist ON vigil.incidents USING gist (position);
CREATE INDEX incidents_position_metres ON vigil.incidents USING gist (geography(position));

CREATE TABLE vigil.runs (
    id                 uuid NOT NULL,
    incident_id        uuid NOT NULL,
    incident_number    integer NOT NULL,
    callsign           text NOT NULL,
    unit_id            uuid NOT NULL,
    hospital_id        text,
    bed_kind           text,
    decision_id        uuid,
    overridden         boolean NOT NULL,
    eta_s              double precision,
    status             text NOT NULL,
    assigned_at        timestamptz,
    accepted_at        timestamptz,
    declined_at        timestamptz,
    en_route_at        timestamptz,
    on_scene_at        timestamptz,
    patient_contact_at timestamptz,
    transporting_at    timestamptz,
    at_hospital_at     timestamptz,
    handed_over_at     timestamptz,
    clear_at           timestamptz,
    stood_down_at      timestamptz,
    corrections        integer NOT NULL,
    waiting_s          double precision,
    response_s         double precision,
    seq                bigint NOT NULL,
    folded             json NOT NULL,
    PRIMARY KEY (id)
) WITH (fillfactor = 80);
CREATE INDEX runs_assigned_at ON vigil.runs (assigned_at);
CREATE INDEX runs_incident_id ON vigil.runs (incident_id);

CREATE TABLE vigil.run_places (
    run_id         uuid NOT NULL,
    callsign       text,
    start_position geometry(Point, 4326),
    start_at       timestamptz,
    last_position  geometry(Point, 4326),
    last_at        timestamptz,
    seq            bigint NOT NULL,
    folded         json NOT NULL,
    PRIMARY KEY (run_id)
) WITH (fillfactor = 80);

CREATE TABLE vigil.run_routes (
    run_id          uuid NOT NULL,
    route           geometry(LineString, 4326),
    duration_s      double precision,
    distance_m      double precision,
    method          text NOT NULL,
    map_version     text NOT NULL,
    traffic_version text NOT NULL,
    asked_at        timestamptz NOT NULL,
    PRIMARY KEY (run_id)
);
CREATE INDEX run_routes_route_gist ON vigil.run_routes USING gist (route);

CREATE TABLE vigil.hospitals (
    id                text NOT NULL,
    code              text,
    name              text,
    name_en           text,
    position          geometry(Point, 4326),
    specialities      text[] NOT NULL,
    diverted          boolean NOT NULL,
    diverted_since    timestamptz,
    diverted_until    timestamptz,
    diverted_services text[] NOT NULL,
    inbound           integer NOT NULL,
    arrived           integer NOT NULL,
    seq               bigint NOT NULL,
    folded            json NOT NULL,
    PRIMARY KEY (id)
) WITH (fillfactor = 70);
CREATE INDEX hospitals_position_gist ON vigil.hospitals USING gist (position);
CREATE INDEX hospitals_position_metres ON vigil.hospitals USING gist (geography(position));

CREATE TABLE vigil.beds (
    hospital_id text NOT NULL,
    kind        text NOT NULL,
    staffed     integer NOT NULL,
    occupied    integer NOT NULL,
    blocked     integer NOT NULL,
    held        integer NOT NULL,
    free        integer NOT NULL,
    assumed     boolean NOT NULL,
    reported_at timestamptz,
    PRIMARY KEY (hospital_id, kind)
) WITH (fillfactor = 70);

CREATE TABLE vigil.closures (
    id          text NOT NULL,
    kind        text NOT NULL,
    status      text NOT NULL,
    stretch     geometry(Geometry, 4326) NOT NULL,
    width_m     double precision NOT NULL,
    profiles    text[] NOT NULL,
    share       double precision,
    reason      text,
    since       timestamptz NOT NULL,
    until       timestamptz,
    ended_at    timestamptz,
    ended_cause text,
    seq         bigint NOT NULL,
    folded      json NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX closures_stretch_gist ON vigil.closures USING gist (stretch);

CREATE TABLE vigil.coverage (
    at              timestamptz NOT NULL,
    profile         text NOT NULL,
    minutes         double precision NOT NULL,
    area            geometry(MultiPolygon, 4326) NOT NULL,
    area_km2        double precision NOT NULL,
    street_km       double precision,
    demand_share    double precision,
    demand          text NOT NULL,
    units           integer NOT NULL,
    method          text NOT NULL,
    map_version     text NOT NULL,
    traffic_version text NOT NULL,
    PRIMARY KEY (at, profile, minutes)
);
CREATE INDEX coverage_area_gist ON vigil.coverage USING gist (area);

CREATE TABLE vigil.kpi_intervals (
    run_id                 uuid NOT NULL,
    incident_id            uuid NOT NULL,
    callsign               text NOT NULL,
    priority               text,
    hospital_id            text,
    assigned_at            timestamptz,
    call_to_dispatch_s     double precision,
    dispatch_to_en_route_s double precision,
    response_s             double precision,
    on_scene_s             double precision,
    transport_s            double precision,
    handover_s             double precision,
    PRIMARY KEY (run_id)
) WITH (fillfactor = 80);
CREATE INDEX kpi_intervals_assigned_at ON vigil.kpi_intervals (assigned_at);

CREATE TABLE vigil.tables_position (
    id      integer NOT NULL,
    seq     bigint NOT NULL,
    made_by text NOT NULL,
    PRIMARY KEY (id)
);

INSERT INTO vigil.tables_position (id, seq, made_by) VALUES (1, 0, '');
