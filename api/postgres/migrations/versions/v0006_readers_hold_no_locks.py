"""Whoever only reads takes none of the locks by which a centre knows who writes, and keeps no large objects.

PostgreSQL lets everybody call these functions. That is for a superuser to change, as the owner of a server of
its own is; elsewhere docs/read-schema.md tells the database's administrator what to do.
"""

from alembic import op

revision = "0006"
down_revision = "0005"

FOR_THE_OWNER_ALONE = r"""
DO $$
DECLARE each regprocedure;
BEGIN
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        RAISE NOTICE 'Readers may still take advisory locks here: see docs/read-schema.md.';
        RETURN;
    END IF;
    FOR each IN
        SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'pg_catalog'::regnamespace
          AND (proname ~ '^pg_(try_)?advisory_' OR proname ~ '^lo_' OR proname IN ('lowrite', 'loread'))
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', each);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO CURRENT_USER', each);
    END LOOP;
END
$$;
"""


def upgrade() -> None:
    op.execute(FOR_THE_OWNER_ALONE)
