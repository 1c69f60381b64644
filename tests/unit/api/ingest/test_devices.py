from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from api.ingest.device_errors import DeviceRefused
from api.ingest.devices import READ_AGAIN_S, Devices


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'accounts.sqlite'}"


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def book(url, clock):
    devices = Devices(create_engine(url), clock)
    yield devices
    devices.stop()


def test_a_token_speaks_for_its_unit_and_only_its_hash_is_kept(book, url):
    device, token = book.add("C1")
    assert (device.name, device.callsign, device.topic) == ("C1", "C1", None)
    assert book.of_token(token) == book.of_token(f" {token}\n") == "C1"
    assert book.of_token(token[:-1]) is None
    with create_engine(url).connect() as connection:
        kept = str(connection.execute(text("SELECT * FROM devices")).all())
    assert token not in kept
    assert "sha256:" in kept


def test_no_two_tokens_are_alike_and_each_can_be_typed(book):
    tokens = {book.add("C1")[1] for _ in range(20)}
    assert len(tokens) == 20
    assert all(len(token) == 24 and token.isalnum() and token.islower() for token in tokens)
    assert [device.name for device in book.all()][:2] == ["C1", "C1-10"]


def test_a_topic_is_no_token_and_a_hash_is_no_token(book, url):
    _, token = book.add("C1")
    book.add_topic("T2", "owntracks/lan/phone")
    assert book.of_topic("lan/phone") == "T2"
    assert book.of_token("lan/phone") is book.of_token("owntracks/lan/phone") is None
    with create_engine(url).connect() as connection:
        keys = connection.execute(text("SELECT key FROM devices")).scalars().all()
    assert all(book.of_token(key) is None and book.of_topic(key) is None for key in keys)
    assert book.of_token(token) == "C1"


def test_another_process_adds_and_removes_and_a_server_learns_it_in_time(book, url, clock):
    beside = Devices(create_engine(url))
    _, token = beside.add("C1", "phone-7")
    book.tend()
    assert book.of_token(token) is None
    clock.now += READ_AGAIN_S
    book.tend()
    assert book.of_token(token) == "C1"
    beside.remove("phone-7")
    clock.now += timedelta(seconds=READ_AGAIN_S).total_seconds()
    book.tend()
    assert book.of_token(token) is None
    beside.stop()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (lambda book: book.remove("nobody"), "no device nobody"),
        (lambda book: book.add("C1", "phone"), "already a device phone"),
        (lambda book: book.add_topic("C2", "lan/phone"), "already a device on the topic"),
        (lambda book: book.add("C1", "no spaces"), "no name"),
        (lambda book: book.add_topic("C1", "lan"), "no topic"),
        (lambda book: book.add_topic("C1", "lan/+"), "no topic"),
        (lambda book: book.add_topic("C1", "a/b/c"), "no topic"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(book, act, words):
    book.add("C1", "phone")
    book.add_topic("C1", "lan/phone", "phone-2")
    before = book.all()
    with pytest.raises(DeviceRefused, match=words):
        act(book)
    assert book.all() == before
