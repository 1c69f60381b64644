"""The name of a fact in the log outlives the class that wrote it: renaming one is noticed here."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import domain
from domain.base import Aggregate, Beginning, Fact
from domain.kinds import KINDS

FROZEN = Path(__file__).with_name("topics.txt")
ROOT = Path(__file__).parents[2]
READS_ALL = """
import sys
from dispatch.application import DispatchLog
from eventsourcing.utils import resolve_topic
for topic in sys.argv[1:]:
    resolve_topic(topic)
"""


def aggregates() -> Iterator[type[Aggregate]]:
    for module in pkgutil.iter_modules(domain.__path__):
        name = f"domain.{module.name}"
        for _, kind in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if issubclass(kind, Aggregate) and kind is not Aggregate and kind.__module__ == name:
                yield kind


def facts(kind: type[Aggregate]) -> list[type[Fact]]:
    return [
        each
        for name, each in vars(kind).items()
        if inspect.isclass(each) and issubclass(each, Fact) and name != "Event"
    ]


def test_every_fact_has_a_topic_that_names_its_thing_and_itself():
    for kind in aggregates():
        for fact in facts(kind):
            assert f"{kind.TOPIC}.{fact.__name__}" == fact.TOPIC


def test_no_two_facts_share_a_topic_and_none_was_renamed():
    topics = [fact.TOPIC for kind in aggregates() for fact in facts(kind)]
    assert len(topics) == len(set(topics))
    assert sorted(topics) == FROZEN.read_text(encoding="utf-8").split()


def test_every_thing_has_one_beginning():
    for kind in aggregates():
        assert len([fact for fact in facts(kind) if issubclass(fact, Beginning)]) == 1


def test_every_fact_tells_by_which_act():
    for kind in aggregates():
        for fact in facts(kind):
            assert any("act" in vars(base).get("__annotations__", {}) for base in fact.__mro__)


def test_the_list_of_kinds_names_each_once():
    assert sorted(kind.__qualname__ for kind in KINDS) == sorted(kind.__qualname__ for kind in aggregates())


def test_a_process_that_only_follows_the_log_reads_every_fact_in_it():
    """As the relay and the projector do: they import no handler and no desk."""
    topics = FROZEN.read_text(encoding="utf-8").split()
    done = subprocess.run(
        [sys.executable, "-c", READS_ALL, *topics], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr[-500:]
