"""The book of hospital links: secrets told once, ends, and who may not come in."""

import sqlite3
from types import SimpleNamespace
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from api.accounts.store import FILE_NAME
from api.accounts.throttle import FREE_TRIES
from api.cli.hospital_link_commands import app_hospital_link
from api.hospital_links.door import by_link
from api.hospital_links.errors import (
    BadLinkDays,
    BadLinkLabel,
    LinkInUse,
    LinkTooOften,
    LinkUnknown,
    UnknownLink,
)
from api.hospital_links.pace import AT_ONCE, Pace


def make(store, link_id=None, hospital_id="bac", label="Khoa Cấp cứu", days=90):
    return store.links.make(link_id or uuid4(), hospital_id, label, days, "supervisor")


def test_a_secret_opens_its_own_hospital_and_is_nowhere_in_the_file(store, tmp_path):
    link, secret = make(store)
    assert store.links.of_secret(secret).hospital_id == "bac"
    assert store.links.of_secret(secret[:-1]) is None
    with sqlite3.connect(tmp_path / "data" / FILE_NAME) as book:
        written = "\n".join(book.iterdump())
    assert link.id in written
    assert secret not in written


def test_a_link_ends_by_time_and_by_hand(store, clock):
    _, short = make(store, days=1)
    longer, secret = make(store, days=2)
    clock.pass_by(hours=24)
    assert store.links.of_secret(short) is None
    assert store.links.of_secret(secret) is not None
    ended = store.links.end(longer.id, "supervisor")
    assert ended.ended_by == "supervisor"
    assert store.links.of_secret(secret) is None
    assert store.links.end(longer.id, "admin").ended_by == "supervisor"
    with pytest.raises(UnknownLink):
        store.links.end(str(uuid4()), "admin")


def test_an_order_whose_answer_was_lost_is_one_link_with_one_good_secret(store):
    link_id = uuid4()
    _, lost = make(store, link_id)
    _, secret = make(store, link_id)
    assert len(store.links.all()) == 1
    assert store.links.of_secret(lost) is None
    assert store.links.of_secret(secret) is not None
    with pytest.raises(LinkInUse):
        make(store, link_id)
    with pytest.raises(LinkInUse):
        make(store, link_id, hospital_id="nam")


def test_a_link_is_for_somebody_and_has_an_end(store):
    for label in ("", " ", "x", "x" * 61):
        with pytest.raises(BadLinkLabel):
            make(store, label=label)
    for days in (0, -1, 367):
        with pytest.raises(BadLinkDays):
            make(store, days=days)
    assert store.links.all() == []


def test_that_a_link_is_used_is_noted_but_not_with_every_look(store, clock):
    _, secret = make(store)
    assert store.links.all()[0].used_at is None
    store.links.of_secret(secret)
    first = store.links.all()[0].used_at
    clock.pass_by(minutes=4)
    store.links.of_secret(secret)
    assert store.links.all()[0].used_at == first == clock.at.replace(minute=0)
    clock.pass_by(minutes=2)
    store.links.of_secret(secret)
    assert store.links.all()[0].used_at == clock.at


def test_one_link_in_a_hurry_waits_and_keeps_nobody_else_waiting(clock):
    pace = Pace(clock)
    for _ in range(int(AT_ONCE)):
        pace.take("one")
    with pytest.raises(LinkTooOften) as told:
        pace.take("one")
    assert told.value.facts == {"retry_after_s": 1}
    pace.take("another")
    clock.pass_by(seconds=1)
    pace.take("one")
    with pytest.raises(LinkTooOften):
        pace.take("one")


def knock(store, secret):
    """What a page with this secret is told, all from one address."""
    app = SimpleNamespace(state=SimpleNamespace(accounts=store))
    try:
        return by_link(SimpleNamespace(app=app, client=SimpleNamespace(host="10.0.0.7")), secret)
    except (LinkUnknown, LinkTooOften) as refusal:
        return type(refusal)


def test_a_page_left_open_over_an_ended_link_is_told_so_each_time_and_shuts_nobody_out(store, clock):
    link, secret = make(store)
    other, good = make(store, label="Khoa Nhi")
    store.links.end(link.id, "supervisor")
    for _ in range(3 * FREE_TRIES):
        assert knock(store, secret) is LinkUnknown
        clock.pass_by(seconds=20)
    assert knock(store, good).id == other.id
    assert knock(store, "a guess") is LinkUnknown  # the first that counts


def test_who_guesses_is_held_and_an_ended_link_is_no_faster_than_a_good_one(store):
    for _ in range(FREE_TRIES):
        assert knock(store, "a guess") is LinkUnknown
    assert knock(store, "a guess") is LinkTooOften
    link, secret = make(store)
    store.links.end(link.id, "supervisor")
    told = [knock(store, secret) for _ in range(int(AT_ONCE) + 1)]
    assert told == [LinkUnknown] * int(AT_ONCE) + [LinkTooOften]


def test_a_link_is_made_listed_and_ended_on_the_command_line(tmp_path):
    def run(*words: str) -> str:
        done = CliRunner().invoke(app_hospital_link, [*words, "--data", str(tmp_path)])
        assert done.exit_code == 0, done.output
        return done.output

    said = run("add", "bac", "--for", "Khoa Cấp cứu", "--url", "https://115.example/", "--anyway", "--qr")
    (shown,) = [line.strip() for line in said.splitlines() if line.strip().startswith("https://")]
    assert shown.startswith("https://115.example/hospital/beds#")
    assert len(shown.partition("#")[2]) == 43
    listed = run("list")
    assert "good" in listed
    assert "Khoa Cấp cứu" in listed
    assert shown.partition("#")[2] not in listed
    run("remove", listed.split()[0])
    assert "ended" in run("list")
