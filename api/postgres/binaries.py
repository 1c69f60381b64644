"""Where this machine keeps a PostgreSQL that also has PostGIS."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

USUAL = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/pgsql/bin",
)
NEEDED = ("initdb", "postgres")


@dataclass(frozen=True, slots=True)
class Binaries:
    """The programs of one PostgreSQL."""

    folder: Path
    version: int

    def __getitem__(self, program: str) -> str:
        return str(self.folder / program)


def find_binaries() -> Binaries | None:
    """The newest PostgreSQL of this machine that has PostGIS, or None. VIGIL_PG_BIN names one outright."""
    found = [Binaries(folder, _version(folder)) for folder in _folders() if _complete(folder)]
    return max(found, key=lambda binaries: binaries.version, default=None)


def _folders() -> Iterator[Path]:
    named = os.environ.get("VIGIL_PG_BIN")
    if named:
        yield Path(named)
        return
    for pattern in USUAL:
        yield from Path("/").glob(pattern.lstrip("/"))
    on_path = shutil.which("initdb")
    if on_path:
        yield Path(on_path).resolve().parent


def _complete(folder: Path) -> bool:
    return all(os.access(folder / program, os.X_OK) for program in NEEDED) and _has_postgis(folder)


def _has_postgis(folder: Path) -> bool:
    # Debian: /usr/lib/postgresql/15/bin and /usr/share/postgresql/15; elsewhere ../share beside ../bin
    shares = (
        Path("/usr/share/postgresql") / str(_version(folder)),
        folder.parent / "share",
        folder.parent / "share" / "postgresql",
    )
    return any((share / "extension" / "postgis.control").is_file() for share in shares)


def _version(folder: Path) -> int:
    """The major version, as the folder's name tells; 0 where it does not."""
    named = re.findall(r"(?:postgresql@?|pgsql)[-/]?(\d+)", str(folder))
    return int(named[-1]) if named else 0
