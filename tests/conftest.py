"""How a run of the tests is shared out, and what a test may not leave behind in the process it runs in."""

import logging
import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.heavy import TogetherByFile, longest_first, patient_with_maps

# `make test` draws the same examples each time, so that it says something about the change at hand;
# `make test-all` draws others each time, and finds what nobody looked for.
# How soon examples are drawn says how busy this machine is, and nothing about what is tested.
_busy = [HealthCheck.too_slow]
settings.register_profile("same", derandomize=True, suppress_health_check=_busy)
settings.register_profile("other", derandomize=False, print_blob=True, suppress_health_check=_busy)
settings.load_profile("same")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    patient_with_maps(items)
    if "PYTEST_XDIST_WORKER" in os.environ:
        longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> TogetherByFile | None:
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False  # by the number of tests; ours are in order
    return TogetherByFile(config, log)


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """A command that runs in a test gives the root logger the terminal of that test, which is closed after
    it: whoever logged next would stumble over it."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in list(root.handlers):
        if handler not in handlers:
            root.removeHandler(handler)
    root.setLevel(level)
