"""The rows of the views, the accounts with their sessions, and whose database this is."""

from alembic import op

revision = "0001"
down_revision = None

# The shapes are those of projections/sql.py and api/accounts/tables.py, which SQLite has too.
TABLES = """
CREATE TABLE vigil.about (
    name  text PRIMARY KEY,
    value text NOT NULL
);
COMMENT ON TABLE vigil.about IS 'Whose log this is, its epoch, and by which code the views were folded.';

CREATE TABLE vigil.view_rows (
    view varchar(40) NOT NULL,
    id   varchar(80) NOT NULL,
    seq  bigint NOT NULL,
    row  text NOT NULL,
    PRIMARY KEY (view, id)
);
CREATE TABLE vigil.view_position (
    id  integer PRIMARY KEY,
    seq bigint NOT NULL
);

CREATE TABLE vigil.accounts (
    username      varchar PRIMARY KEY,
    role          varchar NOT NULL,
    hospital_id   varchar,
    callsign      varchar,
    password_hash varchar NOT NULL,
    demo          boolean NOT NULL,
    made_at_s     double precision NOT NULL
);
CREATE TABLE vigil.sessions (
    token_sha256 varchar PRIMARY KEY,
    username     varchar NOT NULL,
    opened_at_s  double precision NOT NULL,
    expires_at_s double precision NOT NULL
);
CREATE INDEX sessions_username ON vigil.sessions (username);

-- Whoever remembers a session forgets it when anybody writes to the book, in whatever process.
CREATE FUNCTION vigil.tell_of_the_book() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY vigil_book;
    RETURN NULL;
END $$;
CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON vigil.accounts
    FOR EACH STATEMENT EXECUTE FUNCTION vigil.tell_of_the_book();
CREATE TRIGGER told AFTER INSERT OR UPDATE OR DELETE ON vigil.sessions
    FOR EACH STATEMENT EXECUTE FUNCTION vigil.tell_of_the_book();
"""


def upgrade() -> None:
    op.execute(TABLES)
