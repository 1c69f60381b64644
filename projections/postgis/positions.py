"""Where units were last: the newest of what the log tells and of what telemetry does."""

from typing import Any

from psycopg import Connection

# In the order of callsigns, as the projector writes too: two that wait for each other would wait for ever.
NEWEST_PINGS = """
INSERT INTO vigil.unit_positions AS known (callsign, position, at, source)
SELECT p.callsign, ST_SetSRID(ST_MakePoint(p.lon, p.lat), 4326), p.at, 'telemetry'
FROM vigil.latest_pings AS p
LEFT JOIN vigil.unit_positions AS u USING (callsign)
WHERE u.at IS NULL OR u.at < p.at
ORDER BY p.callsign COLLATE "C"
ON CONFLICT (callsign) DO UPDATE
SET position = excluded.position, at = excluded.at, source = excluded.source
WHERE known.at < excluded.at
"""


def take_in_pings(connection: Connection[Any]) -> int:
    """Bring the newest positions of telemetry to the map of units; how many moved."""
    return connection.execute(NEWEST_PINGS).rowcount
