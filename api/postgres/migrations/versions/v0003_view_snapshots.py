"""Snapshots of the views, from which the past is folded."""

from alembic import op

revision = "0003"
down_revision = "0002"

# The shape is that of projections/snapshots_sql.py, which SQLite has too. A body is compressed already.
SNAPSHOTS = """
CREATE TABLE vigil.view_snapshots (
    fold           text NOT NULL,
    seq            bigint NOT NULL,
    heard_us       bigint NOT NULL,
    complete_since bigint NOT NULL,
    digest         text NOT NULL,
    body           bytea NOT NULL,
    PRIMARY KEY (fold, seq)
);
ALTER TABLE vigil.view_snapshots ALTER COLUMN body SET STORAGE EXTERNAL;
COMMENT ON TABLE vigil.view_snapshots IS
    'How the views stood at places in the log: fold says of which log and by which code, body is zstd.';
"""


def upgrade() -> None:
    op.execute(SNAPSHOTS)
