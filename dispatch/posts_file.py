"""Read `posts.toml` of a city: the street corners where free units may wait, beside the stations.
Optional."""

import tomllib
from pathlib import Path

from dispatch.city_reader import Entry, Faults
from domain.city import PostFacts

FILE = "posts.toml"


def read_posts(folder: Path, faults: Faults) -> tuple[PostFacts, ...]:
    """None where there is no such file."""
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        faults.say(f"{FILE} is not UTF-8 text.")
        return ()
    except tomllib.TOMLDecodeError as error:
        faults.say(f"{FILE} is not TOML: {error}.")
        return ()
    for other in tables:
        if other != "post":
            faults.say(f"{FILE}: '{other}' is not known here; entries are written [[post]].")
    found = tables.get("post", [])
    if not isinstance(found, list):
        faults.say(f"{FILE}: 'post' must be written [[post]].")
        return ()
    return tuple(_post(Entry(table, _where(table, count), faults)) for count, table in enumerate(found, 1))


def _where(table: object, count: int) -> str:
    known_as = table.get("id") if isinstance(table, dict) else None
    return f"{FILE}, post {known_as or f'number {count}'}"


def _post(entry: Entry) -> PostFacts:
    facts = PostFacts(
        id=entry.text("id"),
        name=entry.text("name"),
        position=entry.position(),
        assumed=entry.truth("assumed"),
    )
    entry.done()
    return facts
