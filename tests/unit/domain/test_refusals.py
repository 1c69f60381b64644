"""Every refusal has a sentence in two languages, and whoever raises it fills every gap."""

import ast
import inspect
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest

from domain import errors
from domain.errors import Conflict, Invalid, Refused, Unknown
from tests.builders import an_id

ROOT = Path(__file__).parents[3]
KINDS = sorted(
    (
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, Refused) and kind not in (Refused, Invalid, Unknown, Conflict)
    ),
    key=lambda kind: kind.__name__,
)
BY_NAME = {kind.__name__: kind for kind in KINDS}


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def raised() -> Iterator[tuple[str, str, set[str]]]:
    """Where, which refusal, and the names of the facts given with it, over the whole program."""
    for package in ("domain", "dispatch", "routing", "projections", "api", "simulations"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call):
                    continue
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                passed_on = any(keyword.arg is None for keyword in node.keywords)  # **facts of another
                if name in BY_NAME and not passed_on:
                    assert not node.args, f"{path}:{node.lineno}: {name} takes facts by name"
                    where = f"{path.relative_to(ROOT)}:{node.lineno}"
                    yield where, name, {str(keyword.arg) for keyword in node.keywords}


SITES = list(raised())


@pytest.mark.parametrize(("where", "name", "facts"), SITES, ids=[f"{site[1]} {site[0]}" for site in SITES])
def test_whoever_refuses_gives_all_the_facts_of_the_sentence(where, name, facts):
    kind = BY_NAME[name]
    assert fields(kind.en) <= facts
    assert fields(kind.vi) <= facts


def test_every_refusal_is_raised_somewhere():
    bare = {
        node.exc.id
        for path in (ROOT / "dispatch").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name)
    }
    assert set(BY_NAME) - {name for _, name, _ in SITES} - bare == set()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_refusal_says_its_own_sentence_in_both_languages(kind):
    assert {"en", "vi"} <= set(vars(kind))
    assert kind.en != kind.vi
    facts = dict.fromkeys(fields(kind.en) | fields(kind.vi), 1.5)
    refusal = kind(**facts)
    for sentence in (refusal.sentence("en"), refusal.sentence("vi")):
        assert sentence[-1] in ".!?"
        assert "{" not in sentence
    assert str(refusal) == refusal.sentence() == refusal.sentence("fr")
    assert refusal.facts == facts


def test_facts_with_braces_are_said_as_they_are():
    refusal = errors.UnknownUnit(unit="{0} {unit.__class__} %s")
    assert refusal.sentence() == "There is no unit {0} {unit.__class__} %s."


def test_sentences_are_fit_for_a_dispatcher():
    busy = errors.UnitBusy(callsign="C1", run_id=an_id("run"), incident_number=12)
    assert busy.sentence("vi") == "C1 không còn sẵn sàng: đang phục vụ vụ 12."
    outside = errors.OutsideMap(lat=9.123456789, lon=107, map="hcmc-1")
    assert outside.sentence() == "9.12346, 107.00000 lies outside the map hcmc-1, or no street is near it."
    now = datetime(2026, 3, 2, tzinfo=UTC).isoformat()
    assert errors.FromTheFuture(at="x", now=now).sentence().endswith("it is 2026-03-02T00:00:00+00:00.")
