"""An event as it goes to Kafka."""

import json
from pathlib import Path

import msgspec
import pytest

from api.streams.broker_settings import BadBroker, BrokerSettings, read_broker
from api.streams.envelope import outgoing, read_envelope
from api.streams.schemas import VALUES, schemas
from api.streams.topics import DAY_MS, PARTITIONS, SEED, TOPICS, is_seed, partitions_of
from projections.record import record
from tests.builders import a_call, a_unit

DOCUMENT = Path(__file__).parents[2] / "docs" / "topics.schema.json"


def test_it_is_the_record_of_the_feed_and_whose_it_is():
    (fact,) = a_unit("C1", on_duty=False).pending_events
    sent = outgoing("saigon", 7, fact)
    assert msgspec.json.decode(sent.value) == {
        **record(7, fact), "centre": "saigon", "id": str(fact.originator_id), "version": 1,
    }  # fmt: skip
    assert sent.key == str(fact.originator_id).encode()
    assert sent.whole


def test_vietnamese_names_stay_what_they_are():
    (fact,) = a_call().pending_events
    text = outgoing("saigon", 1, fact).value.decode("utf-8")
    assert "\\u" not in text


def test_one_that_is_too_large_says_how_large_it_was_and_keeps_its_place():
    (fact,) = a_unit("C1", on_duty=False).pending_events
    sent = outgoing("saigon", 7, fact, largest=100)
    event = read_envelope(sent.value)
    assert (event.data, event.seq, event.version, sent.whole) == (None, 7, 1, False)
    assert event.bytes_left_out == len(outgoing("saigon", 7, fact).value)


def test_what_is_no_event_is_not_read_as_one():
    with pytest.raises(msgspec.ValidationError):
        read_envelope(SEED)


def test_seeds_are_told_from_all_else():
    assert is_seed(SEED)
    assert not is_seed(b'{"seed":false}')
    assert not is_seed(None)


def test_what_one_worker_joins_has_the_same_number_of_partitions():
    assert {partitions_of(topic, PARTITIONS) for topic in TOPICS if topic.seeded} == {PARTITIONS}


def test_security_comes_from_the_environment_and_the_password_is_not_shown():
    known = {
        "VIGIL_KAFKA_SECURITY": "SASL_SSL",
        "VIGIL_KAFKA_USER": "vigil",
        "VIGIL_KAFKA_PASSWORD": "secret",
    }
    broker = read_broker("a:9092, b:9092", environment=known)
    assert "secret" not in repr(broker)
    options = broker.options()
    assert options["bootstrap_servers"] == "a:9092,b:9092"
    assert (options["security_protocol"], options["sasl_plain_password"]) == ("SASL_SSL", "secret")
    assert options["ssl_context"].check_hostname


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ({"VIGIL_KAFKA_SECURITY": "tls"}, "VIGIL_KAFKA_SECURITY knows"),
        ({"VIGIL_KAFKA_SECURITY": "sasl_ssl"}, "needs VIGIL_KAFKA_USER"),
    ],
)
def test_security_that_makes_no_sense_is_refused(known, words):
    with pytest.raises(BadBroker, match=words):
        read_broker("a:9092", environment=known)


def test_a_prefix_that_kafka_would_refuse_is_refused():
    with pytest.raises(BadBroker, match="A prefix has letters"):
        read_broker("a:9092", prefix="thành phố/")


def test_topics_have_the_prefix():
    assert BrokerSettings("a:1", prefix="x.").topic("events") == "x.events"


def test_the_schemas_among_the_documents_are_those_of_the_code():
    written = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    assert written == schemas(), "vigil stream schemas --out docs/topics.schema.json writes them anew"


def test_every_topic_that_others_may_read_has_a_schema():
    ours_alone = {"told", "stream-state-changelog", "dead-letters"}
    assert set(VALUES) == {topic.name for topic in TOPICS} - ours_alone


def test_the_table_of_the_document_says_what_the_data_says():
    text = DOCUMENT.with_name("topics.md").read_text(encoding="utf-8")
    for topic in TOPICS:
        line = next(each for each in text.splitlines() if each.startswith(f"| `vigil.{topic.name}` |"))
        kept = topic.settings.get("retention.ms")
        stays = f"{int(kept) // DAY_MS} d" if kept else "compacted"
        told = [f"vigil.{topic.name}", topic.key, topic.holds, stays, topic.from_what]
        assert line.replace("`", "").replace("\\|", "¦").strip("| ").split(" | ") == [
            each.replace("|", "¦") for each in told
        ]
