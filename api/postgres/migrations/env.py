"""What Alembic runs for each order: the steps go through the connection `api.postgres.migrate` opened."""

from alembic import context

from api.postgres.migrate import VERSIONS_OF

if __name__ == "env_py":  # so Alembic names it; imported by anybody else it does nothing
    context.configure(connection=context.config.attributes["connection"], **VERSIONS_OF)
    context.run_migrations()
