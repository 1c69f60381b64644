-- Who reads: a role that sees schema vigil_read, and nothing else of ours. Nobody can log in as it until
-- `vigil reader` gives it a password; until then it is granted to other roles.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigil_reader') THEN
        CREATE ROLE vigil_reader NOLOGIN;
        COMMENT ON ROLE vigil_reader IS 'Reads schema vigil_read of Vigil, and nothing else.';
        -- Belt and braces; and nobody's forgotten map keeps old rows alive for ever.
        ALTER ROLE vigil_reader SET default_transaction_read_only = on;
        ALTER ROLE vigil_reader SET statement_timeout = '120s';
        ALTER ROLE vigil_reader SET idle_in_transaction_session_timeout = '120s';
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation THEN
        NULL;  -- another database of this server made it just now
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'The role vigil_reader was not made: that takes the right CREATEROLE.';
END
$$;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'vigil_reader') THEN
        GRANT USAGE ON SCHEMA vigil_read TO vigil_reader;
        GRANT SELECT ON ALL TABLES IN SCHEMA vigil_read TO vigil_reader;
        ALTER DEFAULT PRIVILEGES IN SCHEMA vigil_read GRANT SELECT ON TABLES TO vigil_reader;
    END IF;
END
$$;

-- Whoever reads needs no tables of their own, lasting or temporary.
DO $$
BEGIN
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO CURRENT_USER', current_database());
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'Everybody may still make temporary tables here: that is for the owner to change.';
END
$$;
