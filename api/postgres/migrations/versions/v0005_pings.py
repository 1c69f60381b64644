"""Position reports: where every unit was, by day; where it was last; which device speaks for it."""

from alembic import op

revision = "0005"
down_revision = "0003"

# Days are made by projections/ping_partitions.py, ahead of their time. BRIN costs a few pages a day and finds
# an hour of the whole fleet; the primary key finds the way of one unit.
PINGS = """
CREATE TABLE vigil.pings (
    callsign    text NOT NULL,
    at          timestamptz NOT NULL,
    lat         double precision NOT NULL,
    lon         double precision NOT NULL,
    speed_mps   double precision,
    heading_deg double precision,
    accuracy_m  double precision,
    PRIMARY KEY (callsign, at)
) PARTITION BY RANGE (at);
CREATE INDEX pings_at ON vigil.pings USING brin (at) WITH (pages_per_range = 32);
COMMENT ON TABLE vigil.pings IS 'Position reports that were believed; a partition a day of UTC.';

CREATE TABLE vigil.latest_pings (
    callsign    text PRIMARY KEY,
    at          timestamptz NOT NULL,
    lat         double precision NOT NULL,
    lon         double precision NOT NULL,
    speed_mps   double precision,
    heading_deg double precision,
    accuracy_m  double precision
) WITH (fillfactor = 50);
COMMENT ON TABLE vigil.latest_pings IS 'The newest position of each unit, four times a second.';
"""

# The shape is that of api/ingest/devices.py, which SQLite has too.
DEVICES = """
CREATE TABLE vigil.devices (
    name      varchar PRIMARY KEY,
    callsign  varchar NOT NULL,
    key       varchar NOT NULL UNIQUE,
    made_at_s double precision NOT NULL
);
COMMENT ON COLUMN vigil.devices.key IS 'The SHA-256 of a token, or a topic of MQTT.';
"""


def upgrade() -> None:
    op.execute(PINGS)
    op.execute(DEVICES)
