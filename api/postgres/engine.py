"""An engine on a centre's database, where a table's bare name means the one in schema `vigil`."""

from sqlalchemy import Engine, create_engine

from api.postgres.address import Address

CONNECT_S = 5
"""A server that is away is said to be away, not waited for."""


def postgres_engine(address: Address, pool_size: int = 5) -> Engine:
    """Connections are tried before use, so those that a restart cut are replaced unseen.

    pool_size : how many may be open at once; one that waits longer than 10 s for its turn gives up.
    """
    return create_engine(
        address.sqlalchemy,
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,
        hide_parameters=True,  # rows hold callers' names and places: a failed statement must not log them
        connect_args={
            "connect_timeout": CONNECT_S,
            "application_name": "vigil",
            "options": "-c search_path=vigil,public -c lock_timeout=5s -c timezone=UTC",
        },
    )
