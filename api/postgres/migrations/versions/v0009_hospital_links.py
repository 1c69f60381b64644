"""The links by which small hospitals count their beds."""

from alembic import op

revision = "0009"
down_revision = "0008"

# The shape is that of api/hospital_links/book.py, which SQLite has too.
LINKS = """
CREATE TABLE vigil.hospital_links (
    id            varchar PRIMARY KEY,
    hospital_id   varchar NOT NULL,
    label         varchar NOT NULL,
    secret_sha256 varchar NOT NULL UNIQUE,
    made_by       varchar NOT NULL,
    made_at_s     double precision NOT NULL,
    expires_at_s  double precision NOT NULL,
    used_at_s     double precision,
    ended_at_s    double precision,
    ended_by      varchar
);
"""


def upgrade() -> None:
    op.execute(LINKS)
