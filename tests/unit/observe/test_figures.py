"""What Prometheus reads is well formed, and its lines stay few."""

from prometheus_client.parser import text_string_to_metric_families

from api.observe.figures import exposition
from api.observe.vitals import Figure, State, Vital


def samples(vitals):
    text = exposition(vitals).decode()
    names = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")]
    assert len(names) == len(set(names)), "a figure is declared twice"
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_parts_tell_their_state_lag_and_figures():
    found = samples(
        {
            "relay": Vital(State.LATE, {}, 12, 3.5, (Figure("batches", 7, "Batches"),)),
            "roads": Vital(
                State.WELL, {}, figures=(Figure("info", 1, "Roads", {"map": 'a"b\n', "week": "none"}),)
            ),
            "disk": Vital(State.FAILED, {}),
        }
    )
    assert found["vigil_part_state", "relay"] == 1
    assert found["vigil_part_state", "disk"] == 2
    assert found["vigil_part_lag_events", "relay"] == 12
    assert found["vigil_part_lag_seconds", "relay"] == 3.5
    assert found["vigil_relay_batches",] == 7
    assert found["vigil_roads_info", 'a"b\n', "none"] == 1
    assert ("vigil_part_lag_events", "disk") not in found, "a part without a lag has none, not 0"
    assert found["process_start_time_seconds",] > 0
