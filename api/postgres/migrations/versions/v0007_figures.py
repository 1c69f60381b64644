"""The records that figures are counted from."""

from alembic import op

revision = "0007"
down_revision = "0006"

# The shape is that of projections/figures/store.py, which SQLite has too.
FIGURES = """
CREATE TABLE vigil.figure_records (
    kind      varchar(12) NOT NULL,
    id        varchar(80) NOT NULL,
    began_day integer NOT NULL,
    over_day  integer,
    record    text NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX figure_records_by_day ON vigil.figure_records (kind, began_day);
COMMENT ON TABLE vigil.figure_records IS
    'What the service has done, in small records; days are counted from 1970, UTC. Made again from the log.';
CREATE TABLE vigil.figure_position (
    fold varchar(80) NOT NULL PRIMARY KEY,
    seq  bigint NOT NULL
);
COMMENT ON TABLE vigil.figure_position IS
    'Of which log and by which code the figure records are, and how far in the log they count.';
"""


def upgrade() -> None:
    op.execute(FIGURES)
