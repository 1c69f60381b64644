"""The PostGIS tables of the views, and the schema and role through which others read them."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"

HERE = Path(__file__).parent


def upgrade() -> None:
    for part in ("v0002_tables.sql", "v0002_read_schema.sql", "v0002_reader.sql"):
        op.execute((HERE / part).read_text(encoding="utf-8"))
