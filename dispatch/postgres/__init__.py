"""The log in PostgreSQL: how it is reached, written, and followed."""
