"""The topics of a region: made once, never changed behind anybody's back, compared on request."""

import asyncio
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from api.cli.main import app
from api.streams.admin import admin, find_topics, make_topic
from api.streams.broker_settings import BrokerSettings
from api.streams.set_up import Plan, Unfit, differences, set_up
from api.streams.topics import SEED, TOPICS
from tests.brokers import read_all, run
from tests.servers.minikafka import MiniKafka
from tests.servers.minikafka.codes import Api, Error

PLAN = Plan(partitions=3, copies=1)


async def found(broker: BrokerSettings):
    async with admin(broker) as client:
        return await find_topics(client, [broker.topic(topic.name) for topic in TOPICS])


def test_all_topics_are_made_with_their_partitions_and_settings(empty_broker):
    run(set_up(empty_broker, PLAN))
    there = run(found(empty_broker))
    assert len(there) == len(TOPICS)
    for topic in TOPICS:
        name = empty_broker.topic(topic.name)
        assert there[name].partitions == (topic.partitions or 3)
        assert {key: there[name].settings[key] for key in topic.settings} == dict(topic.settings)
    assert run(differences(empty_broker, PLAN)) == []


def test_made_again_nothing_happens(empty_broker):
    assert run(set_up(empty_broker, PLAN)) != []
    assert run(set_up(empty_broker, PLAN)) == []
    assert [record.value for record in run(read_all(empty_broker, empty_broker.topic("pings")))] == [SEED] * 3


def test_another_number_of_partitions_is_refused_and_nothing_is_made(empty_broker):
    one = replace(PLAN, topics=[topic for topic in TOPICS if topic.name == "pings"])
    run(set_up(empty_broker, one))
    with pytest.raises(Unfit, match=r"pings has 3 partitions, not 4.*--partitions 3"):
        run(set_up(empty_broker, replace(PLAN, partitions=4)))
    assert list(run(found(empty_broker))) == [empty_broker.topic("pings")]


def test_topics_with_another_number_of_partitions_get_one_sentence_for_all(empty_broker):
    run(set_up(empty_broker, PLAN))
    options = ["--kafka", empty_broker.address, "--prefix", empty_broker.prefix, "--partitions", "6"]
    answer = CliRunner().invoke(app, ["stream", "init", *options])
    assert answer.exit_code == 2
    assert answer.output.count("keys would move") == 1
    assert answer.output.count("Keep it (--partitions 3)") == 1
    assert empty_broker.topic("events") in answer.output
    assert empty_broker.topic("pings") in answer.output
    assert "have 3 partitions, not 6" in answer.output


def test_a_topic_whose_number_no_option_gives_is_not_told_to_keep_it(empty_broker):
    async def work():
        async with admin(empty_broker) as client:
            await make_topic(client, empty_broker.topic("relay"), 2, 1, {})
            while not await find_topics(client, [empty_broker.topic("relay")]):
                await asyncio.sleep(0.05)
        await set_up(empty_broker, PLAN)

    with pytest.raises(Unfit, match=r"relay has 2 partitions, not 1: .*lost\. Take topics of another"):
        run(work())


def test_each_partition_that_groups_read_has_one_seed_and_the_group_stands_behind_it(empty_broker):
    run(set_up(empty_broker, PLAN))
    records = run(read_all(empty_broker, empty_broker.topic("events")))
    assert [(record.partition, record.value) for record in records] == [(0, SEED), (1, SEED), (2, SEED)]
    assert run(committed(empty_broker, empty_broker.prefix + "stream")) == [1, 1, 1]


async def committed(broker: BrokerSettings, group: str) -> list[int]:
    async with admin(broker) as client:
        offsets = await client.list_consumer_group_offsets(group)
    return [each.offset for place, each in sorted(offsets.items()) if place.topic == broker.topic("events")]


def test_what_differs_is_told(empty_broker):
    async def work():
        async with admin(empty_broker) as client:
            await make_topic(client, empty_broker.topic("events"), 3, 1, {"retention.ms": "1000"})
            await make_topic(client, empty_broker.topic("relay"), 2, 1, {})
            names = [empty_broker.topic(name) for name in ("events", "relay")]
            while len(await find_topics(client, names)) < 2:  # a real broker takes a moment to know
                await asyncio.sleep(0.05)
        return "\n".join(await differences(empty_broker, PLAN))

    told = run(work())
    assert "pings is missing." in told
    assert "events has retention.ms=1000, not 2592000000." in told
    assert "relay has 2 partitions, not 1" in told
    assert "events/2 has no seed record." in told


def test_a_broker_that_has_not_heard_of_a_new_topic_yet_is_asked_again():
    with MiniKafka() as kafka:
        kafka.faults.refuse(Api.DESCRIBE_CONFIGS, Error.UNKNOWN_TOPIC_OR_PARTITION, times=3)
        broker = BrokerSettings(kafka.address)
        assert len(run(set_up(broker, PLAN))) == len(TOPICS) + 2
        assert run(differences(broker, PLAN)) == []


def test_the_commands_say_what_they_did(empty_broker):
    def ask(*words: str):
        options = ["--kafka", empty_broker.address, "--prefix", empty_broker.prefix, "--partitions", "2"]
        return CliRunner().invoke(app, ["stream", *words, *options])

    assert ask("check").exit_code == 1
    made = ask("init")
    assert made.exit_code == 0
    assert f"Made {empty_broker.prefix}events with 2 partitions and 1 copy." in made.output
    assert ask("init").output == "All topics were there already.\n"
    checked = ask("check")
    assert (checked.exit_code, checked.output) == (0, "All topics are as they should be.\n")


def test_a_kafka_that_is_away_is_said_to_be_away():
    answer = CliRunner().invoke(app, ["stream", "init", "--kafka", "127.0.0.1:1"])
    assert answer.exit_code == 2
    assert "Kafka at 127.0.0.1:1" in answer.output
    assert "Traceback" not in answer.output


@pytest.mark.parametrize("address", ["nowhere", "host:", "host:port", "host:70000", ":9092", "a:1,,b:2"])
def test_an_address_that_makes_no_sense_is_refused(address):
    answer = CliRunner().invoke(app, ["stream", "check", "--kafka", address])
    assert answer.exit_code == 2
    assert "--kafka wants HOST:PORT" in answer.output
