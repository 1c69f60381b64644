"""PostgreSQL with PostGIS: a private server in the data folder, or one that is named."""
