"""Read `rules.toml` of a city. Every fault is a sentence that names the section and the field."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from dispatch.city_file import BadCityFile
from dispatch.rules import SECTIONS, Rules
from domain.city import Targets

FILE = "rules.toml"


def load_rules(folder: Path, targets: Targets | None = None) -> Rules:
    """The rules of the city in `folder`; the defaults where it has no file.

    targets : of the city; where the file is silent they say how old positions and bed counts may be.
    Raises BadCityFile with every fault found.
    """
    path = folder / FILE
    rules = Rules() if targets is None else _with_targets(Rules(), targets)
    if not path.is_file():
        return rules
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise BadCityFile([f"{FILE} is not UTF-8 text."]) from None
    except tomllib.TOMLDecodeError as fault:
        raise BadCityFile([f"{FILE} is not TOML: {fault}."]) from None
    faults: list[str] = []
    owners: dict[str, str] = {}
    for name, table in raw.items():
        if name not in SECTIONS:
            faults.append(f"{FILE}: there is no section [{name}]; there are: {', '.join(SECTIONS)}.")
        elif not isinstance(table, dict):
            faults.append(f"{FILE}: '{name}' must be a section, written [{name}].")
        else:
            complaints = list(_complaints(name, table, getattr(rules, name)))
            faults += complaints
            if not complaints:
                owners[name] = table["owner"].strip()
                said = {field: value for field, value in table.items() if field != "owner"}
                rules = _told(rules, name, said, faults)
    if faults:
        raise BadCityFile(faults)
    return replace(rules, owners=MappingProxyType(owners))


def _complaints(name: str, table: Mapping[str, Any], section: Any) -> Iterator[str]:
    owner = table.get("owner")
    if not isinstance(owner, str) or not owner.strip():
        yield f"{FILE}, section [{name}], field 'owner': say who answers for these figures."
    known = {each.name for each in fields(section)}
    for field in table:
        if field != "owner" and field not in known:
            yield (
                f"{FILE}, section [{name}]: '{field}' is not a field of it; "
                f"there are: {', '.join(sorted(known))}."
            )
    if not _finite(table):
        yield f"{FILE}, section [{name}]: a figure is neither inf nor nan."


def _told(rules: Rules, name: str, said: Mapping[str, Any], faults: list[str]) -> Rules:
    """The rules with what the file says of one section; a figure that cannot be is a fault."""
    before = getattr(rules, name)
    whole = {each.name: getattr(before, each.name) for each in fields(before)}
    plain = msgspec.to_builtins({**whole, **said}, enc_hook=_as_dict)
    try:
        section = msgspec.convert(plain, type(before))
    except (msgspec.ValidationError, ValueError) as fault:
        faults.append(f"{FILE}, section [{name}]: {fault}.")
        return rules
    return replace(rules, **{name: section})


def _with_targets(rules: Rules, targets: Targets) -> Rules:
    return replace(
        rules,
        send=replace(rules.send, stale_after_s=float(targets.unit_position.red_s)),
        destination=replace(
            rules.destination,
            amber_after_s=float(targets.bed_age.amber_s),
            red_after_s=float(targets.bed_age.red_s),
        ),
    )


def _finite(value: Any) -> bool:
    match value:
        case float():
            return isfinite(value)
        case dict():
            return all(map(_finite, value.values()))
        case list():
            return all(map(_finite, value))
    return True


def _as_dict(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a rule cannot hold a {type(value).__name__}")
