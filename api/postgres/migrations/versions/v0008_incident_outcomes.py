"""Of each incident what its determinant means in words, and how it ended, for maps and figures."""

from alembic import op

revision = "0008"
down_revision = "0007"

# PostgreSQL puts new columns of a table, and of a view that is replaced, behind those that are there.
COLUMNS = """
ALTER TABLE vigil.incidents
    ADD COLUMN determinant_vi text,
    ADD COLUMN determinant_en text,
    ADD COLUMN outcome text;
CREATE OR REPLACE VIEW vigil_read.incidents AS
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
    i.runs,
    i.determinant_vi,
    i.determinant_en,
    i.outcome
FROM vigil.incidents AS i;
COMMENT ON COLUMN vigil_read.incidents.determinant_vi IS
    'What the determinant means, in Vietnamese, as its card said at the time; null where no card did.';
COMMENT ON COLUMN vigil_read.incidents.determinant_en IS
    'What the determinant means, in English, as its card said at the time; null where no card did.';
COMMENT ON COLUMN vigil_read.incidents.outcome IS
    'How it came out, such as conveyed, referred or advice_only; null where nobody said.';
"""


def upgrade() -> None:
    op.execute(COLUMNS)
