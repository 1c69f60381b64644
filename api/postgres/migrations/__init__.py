"""What our own tables in PostgreSQL look like, one step after the other. Run by `api.postgres.migrate`."""
