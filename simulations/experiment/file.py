"""The file of an experiment. What is wrong with one is said in a sentence that names the line."""

import re
import tomllib
from pathlib import Path

import msgspec
import tomli_w

from domain.policy_book import POLICIES
from simulations.experiment.experiment import Experiment

AS_THE_CITY_HAS_IT = "rules"


class BadExperiment(ValueError):
    """The sentence says what is wrong, and where."""


def read_experiment(path: Path) -> Experiment:
    """Raises BadExperiment, OSError."""
    return of_text(path.read_text(encoding="utf-8", errors="replace"), path.name)


def of_text(text: str, name: str) -> Experiment:
    """name : of its file. Raises BadExperiment."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise BadExperiment(f"{name} is not TOML: {fault}.") from None
    try:
        return checked(msgspec.convert(told, Experiment))
    except (msgspec.ValidationError, BadExperiment) as fault:
        raise BadExperiment(f"{name}{_line(text, str(fault))}: {str(fault).rstrip('.')}.") from None


def write_experiment(experiment: Experiment, path: Path) -> None:
    path.write_text(as_toml(experiment), encoding="utf-8")


def as_toml(experiment: Experiment) -> str:
    return tomli_w.dumps(msgspec.to_builtins(experiment))


def checked(experiment: Experiment) -> Experiment:
    """What no type can say. Raises BadExperiment."""
    names = [rival.name for rival in experiment.rivals]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise BadExperiment(f"There are two rivals named `{twice[0]}`")
    for rival in experiment.rivals:
        if rival.policy not in (*POLICIES, AS_THE_CITY_HAS_IT):
            known = ", ".join((*POLICIES, AS_THE_CITY_HAS_IT))
            raise BadExperiment(f"There is no policy `{rival.policy}`; there are: {known}")
    if experiment.days == "recorded" and experiment.replications != 1:
        raise BadExperiment(
            "A recorded day is played once, since nothing in it is left to chance: `replications` must be 1"
        )
    return experiment


def _line(text: str, fault: str) -> str:
    """ ", line 7" where it is plain which line the fault means."""
    lines = text.splitlines()
    path = re.search(r"at `\$\.?([^`]*)`", fault)
    begin, key = _table(lines, path.group(1) if path is not None else "")
    unknown = re.search(r"unknown field `([^`]+)`", fault)
    key = unknown.group(1) if unknown is not None else key
    for number, line in enumerate(lines[begin:], begin + 1):
        if key and re.match(rf'\s*"?{re.escape(key)}"?\s*=', line):
            return f", line {number}"
    for word in re.findall(r"`([^`$]+)`", fault):
        found = [n for n, line in enumerate(lines, 1) if f'"{word}"' in line]
        if found:
            return f", line {found[-1]}"
    return ""


def _table(lines: list[str], path: str) -> tuple[int, str]:
    """The line from which on to look for the field that a path such as `rivals[1].more[...]` ends with, and
    that field."""
    inside = re.match(r"(\w+)\[(\d+)\]\.?(.*)", path)
    if inside is None:
        return 0, re.split(r"[.\[]", path)[0]
    name, count, rest = inside.group(1), int(inside.group(2)), inside.group(3)
    heads = [number for number, line in enumerate(lines) if line.strip() == f"[[{name}]]"]
    return (heads[count] if count < len(heads) else 0), re.split(r"[.\[]", rest)[0]
