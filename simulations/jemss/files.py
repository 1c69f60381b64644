"""The files of a JEMSS model: CSV with several named tables in one file, and times in days."""

import ast
import csv
import operator
import re
from collections.abc import Callable
from pathlib import Path

from simulations.city_model.durations import Duration

DAY_S = 86_400.0

_SIGNS: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


class BadJemss(ValueError):
    """The files are no JEMSS model that can be read: a sentence."""


Table = list[dict[str, str]]


def tables_of(text: str, file: str) -> dict[str, Table]:
    """By their names: a line with the name, a line with the columns, then its rows until an empty line."""
    found: dict[str, Table] = {}
    block: list[list[str]] = []
    for line in [*csv.reader(text.splitlines()), []]:
        cells = [cell.strip() for cell in line]
        if any(cells):
            block.append(cells)
        elif block:
            if len(block) < 2:
                raise BadJemss(f"{file}: the table '{block[0][0]}' has no columns.")
            columns = block[1]
            found[block[0][0]] = [dict(zip(columns, row, strict=False)) for row in block[2:]]
            block = []
    return found


def table(folder: Path, pattern: str, name: str) -> Table:
    """The table of the one file that is called so. Raises BadJemss."""
    path = the_file(folder, pattern)
    found = tables_of(path.read_text(encoding="utf-8-sig"), path.name).get(name)
    if not found:
        raise BadJemss(f"{path.relative_to(folder)} has no table '{name}'.")
    return found


def the_file(folder: Path, pattern: str) -> Path:
    """The first in the order of names. Raises BadJemss."""
    found = sorted(folder.glob(pattern))
    if not found:
        raise BadJemss(f"There is no {pattern} in {folder}.")
    return found[0]


def number(said: str) -> float:
    """Of a figure, or of sums, products and quotients of figures, as "34.3/60/24". Raises BadJemss."""

    def of(node: ast.AST) -> float:
        match node:
            case ast.Expression(body=body):
                return of(body)
            case ast.Constant(value=int() | float() as value):
                return float(value)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return -of(operand)
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _SIGNS:
                return _SIGNS[type(sign)](of(left), of(right))
        raise BadJemss(f"'{said}' is no figure.")

    try:
        return of(ast.parse(said.strip(), mode="eval"))
    except (SyntaxError, ZeroDivisionError):
        raise BadJemss(f"'{said}' is no figure.") from None


def chances(said: str) -> tuple[str, list[float]]:
    """The name and the figures of "Weibull(2.5, 34.3/60/24)" or "Categorical([0.75, 0, 0.25])"."""
    found = re.fullmatch(r"\s*(\w+)\s*\(\s*\[?(.*?)\]?\s*\)\s*", said)
    if found is None:
        raise BadJemss(f"'{said}' is no distribution.")
    return found[1], [number(each) for each in found[2].split(",")]


def duration(said: str) -> Duration:
    """A distribution of days as one of seconds. Raises BadJemss for one that has no name among ours."""
    match chances(said):
        case "Normal", [mean, 0.0]:
            found = Duration("constant", (mean * DAY_S,))
        case "Exponential", [mean]:
            found = Duration("exponential", (mean * DAY_S,))
        case "Weibull", [shape, scale]:
            found = Duration("weibull", (scale * DAY_S, shape))
        case "Gamma", [shape, scale]:
            found = Duration("gamma", (shape * scale * DAY_S, shape))
        case "Uniform", [low, high]:
            found = Duration("uniform", (low * DAY_S, high * DAY_S))
        case _:
            raise BadJemss(f"A duration '{said}' cannot be read: it is none of ours.")
    whole = tuple(round(figure, 9) for figure in found.figures)
    if complaint := Duration(found.kind, whole).faults():
        raise BadJemss(f"'{said}' cannot be: {complaint}.")
    return Duration(found.kind, whole)
