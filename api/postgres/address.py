"""How a database is reached: one address, in the words of each library that asks for it."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

SEVERAL = re.compile(r"(\w+://(?:[^@/?]*@)?)([^/?@]*,[^/?@]*)(/.*)")


class BadAddress(ValueError):
    """The address of a database makes no sense; the sentence says what is wrong."""


@dataclass(frozen=True, slots=True)
class Address:
    """A PostgreSQL database. `host` may be the folder of a socket, or several hosts with commas between them:

    then it is the one among them that may be written to. `repr` keeps the password to itself.
    """

    host: str
    port: int
    dbname: str
    user: str
    password: str = ""
    options: tuple[tuple[str, str], ...] = ()  # such as sslmode, as libpq knows them

    def __repr__(self) -> str:
        return f"postgresql://{self.user}@{self.host}:{self.port}/{self.dbname}"

    @property
    def sqlalchemy(self) -> URL:
        """For `create_engine`, with psycopg 3."""
        return URL.create(
            "postgresql+psycopg",
            username=self.user,
            password=self.password or None,
            database=self.dbname,
            query=self._words,
        )

    @property
    def libpq(self) -> str:
        """A connection string for `psycopg.connect`, `psql` or `ogr2ogr`."""
        words = {
            **self._words,
            "dbname": self.dbname,
            "user": self.user,
            **({"password": self.password} if self.password else {}),
        }
        return " ".join(f"{name}={_quoted(value)}" for name, value in words.items())

    @property
    def _words(self) -> dict[str, str]:
        hosts = self.host.count(",") + 1
        found = {"host": self.host, "port": ",".join([str(self.port)] * hosts)}
        if hosts > 1:
            found["target_session_attrs"] = "read-write"
        return {**found, **dict(self.options)}

    def other(self, dbname: str) -> "Address":
        """Another database of the same server."""
        return Address(self.host, self.port, dbname, self.user, self.password, self.options)


def read_address(url: str) -> Address:
    """Of `postgresql://user:password@host:5432/name?sslmode=require`, or of several hosts: `@a,b:5433/name`.

    Raises BadAddress.
    """
    try:
        parts = make_url(_with_hosts_aside(url))
        query = {name: value for name, value in parts.query.items() if isinstance(value, str)}
        ports = query.get("port", "5432").split(",")
        port = parts.port or min(map(int, ports[:1]))
        if len({int(each) for each in ports}) == 1:
            query.pop("port", None)
    except (ArgumentError, ValueError):
        raise BadAddress("--db wants sqlite, auto or postgresql://user@host/name.") from None
    if parts.get_backend_name() not in ("postgresql", "postgres"):
        raise BadAddress(f"--db knows sqlite, auto and postgresql://…, not {parts.drivername}.")
    if not parts.database:
        raise BadAddress("--db postgresql://… must name a database: postgresql://user@host/NAME.")
    named = query.pop("host", "")
    return Address(
        host=parts.host or named or "localhost",
        port=port,
        dbname=parts.database,
        user=parts.username or "vigil",
        password=parts.password or "",
        options=tuple(sorted(query.items())),
    )


def _with_hosts_aside(url: str) -> str:
    """`//user@one:5433,two/name` as `//user@/name?host=one,two&port=5433,5432`."""
    several = SEVERAL.match(url)
    if several is None:
        return url
    before, hosts, after = several.groups()
    named = [host.partition(":") for host in hosts.split(",")]
    host = ",".join(name for name, _, _ in named)
    port = ",".join(port or "5432" for _, _, port in named)
    return f"{before}{after}{'&' if '?' in after else '?'}host={host}&port={port}"


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def as_url(address: Address) -> str:
    """What `read_address` reads; with the password, so for other processes, not for people."""
    secret = f":{quote(address.password, safe='')}" if address.password else ""
    where = {"host": address.host, "port": str(address.port), **dict(address.options)}
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in where.items())
    return f"postgresql://{quote(address.user, safe='')}{secret}@/{address.dbname}?{query}"
