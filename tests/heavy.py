"""Which files of tests take long: they come first, so that no worker is left alone with one at the end.

And which files share what takes a minute to build: one worker takes them all, so it is built once.
"""

from collections.abc import Sequence
from typing import Final

import pytest
from xdist.scheduler import LoadFileScheduling

REAL_MAPS: Final = (
    "tests/acceptance/test_a8_offline_and_quick.py",
    "tests/integration/gazetteer/test_gold.py",
    "tests/integration/routing/test_cells_on_a_real_map.py",
    "tests/integration/routing/test_hierarchy_on_real_maps.py",
    "tests/integration/routing/test_matching_on_real_maps.py",
    "tests/integration/routing/test_real_maps.py",
    "tests/integration/routing/test_traffic_on_a_real_map.py",
    "tests/integration/routing/test_turns_on_real_maps.py",
    "tests/integration/simulations/test_presets.py",
    "tests/property/routing/test_any_name.py",
    "tests/scenarios/test_one_emergency.py",
)
"""They ask for the map of Ho Chi Minh City, or for those of `tests.real_maps`."""

BUILT_WITHIN_S: Final = 900.0
"""The first of them waits for the build."""

LONGEST: Final = (
    *REAL_MAPS,
    "tests/integration/first_run/test_first_run.py",
    "tests/integration/streams/test_worker_endings.py",
    "tests/chaos/test_in_short.py",
    "tests/integration/api/test_kill.py",
    "tests/integration/postgres/test_centre.py",
    "tests/property/projections/test_any_past.py",
    "tests/property/dispatch/test_every_order.py",
    "tests/property/dispatch/test_any_shift.py",
    "tests/integration/living_demo/test_living_demo.py",
    "tests/integration/region/test_signs_of_life.py",
    "tests/integration/region/test_three_centres.py",
    "tests/integration/region/test_dead_relay.py",
    "tests/integration/streams/test_relay_killed.py",
    "tests/integration/streams/test_faust_cures.py",
    "tests/integration/observe/test_deploy.py",
    "tests/integration/api/test_long_log.py",
    "tests/integration/streams/test_relay.py",
    "tests/integration/api/test_roads_fail.py",
    "tests/integration/api/test_alarms.py",
    "tests/integration/api/test_asked_to_end.py",
    "tests/integration/streams/test_stream_command.py",
    "tests/property/routing/test_remembered_places.py",
    "tests/integration/routing/test_speeds_commands.py",
    "tests/integration/api/test_slow_feed.py",
    "tests/integration/postgis/test_in_a_centre.py",
    "tests/integration/postgres/test_failover.py",
)
"""In the order they are begun; all others come after them, as they stand in the folders."""

NO_HURRY: Final = len(LONGEST)
PLACE: Final = {file: place for place, file in enumerate(LONGEST)}


class TogetherByFile(LoadFileScheduling):
    """The tests of a file stay together, and so do the files that share a map."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "real maps" if file in REAL_MAPS else file


def longest_first(items: list[pytest.Item]) -> None:
    """In place; what stands in one file keeps its order."""
    items.sort(key=lambda item: PLACE.get(_file(item), NO_HURRY))


def patient_with_maps(items: Sequence[pytest.Item]) -> None:
    """Whichever test comes first builds the map."""
    for item in items:
        if _file(item) in REAL_MAPS and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(BUILT_WITHIN_S))


def _file(item: pytest.Item) -> str:
    return item.nodeid.split("::", 1)[0]
