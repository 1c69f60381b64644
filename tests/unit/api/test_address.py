"""An address of a database, read and told in the words of each library."""

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql

from api.postgres.address import Address, BadAddress, as_url, read_address

WORD = st.text(min_size=1, max_size=12).filter(lambda text: "\0" not in text)


def test_a_full_address_is_read():
    assert read_address("postgresql://an:secret@db.local:5433/vigil?sslmode=require") == Address(
        "db.local", 5433, "vigil", "an", "secret", (("sslmode", "require"),)
    )


def test_what_is_left_out_is_usual():
    assert read_address("postgresql:///vigil") == Address("localhost", 5432, "vigil", "vigil")


def test_a_socket_folder_is_a_host():
    assert read_address("postgresql://an@/vigil?host=/run/postgresql&port=5433").host == "/run/postgresql"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://an@host/vigil", "not mysql"),
        ("postgresql://an@host", "must name a database"),
        ("postgres", "wants sqlite, auto or postgresql"),
        ("postgresql://an@host:port/vigil", "wants sqlite, auto or postgresql"),
        ("postgresql://an@/vigil?host=h&port=five", "wants sqlite, auto or postgresql"),
    ],
)
def test_an_address_that_makes_no_sense_gets_a_sentence(url, words):
    with pytest.raises(BadAddress, match=words):
        read_address(url)


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("postgresql://an@one,two/vigil", "one,two", "5432,5432"),
        ("postgresql://an@one:5433,two:5434/vigil?sslmode=require", "one,two", "5433,5434"),
        ("postgresql://an@one:5433,two/vigil", "one,two", "5433,5432"),
        ("postgresql://an@/vigil?host=/run/one,/run/two", "/run/one,/run/two", "5432,5432"),
    ],
)
def test_of_several_hosts_the_one_is_meant_that_may_be_written_to(url, host, port):
    address = read_address(url)
    told = psycopg.conninfo.conninfo_to_dict(address.libpq)
    assert (told["host"], told["port"], told["target_session_attrs"]) == (host, port, "read-write")
    _, asked = postgresql.psycopg.dialect().create_connect_args(address.sqlalchemy)
    assert (asked["host"], asked["port"], asked["target_session_attrs"]) == (host, port, "read-write")
    assert read_address(as_url(address)).libpq == address.libpq


def test_a_password_is_not_shown():
    assert "secret" not in repr(read_address("postgresql://an:secret@db/vigil"))


@given(host=WORD, user=WORD, password=WORD, port=st.integers(1, 65535))
def test_any_address_survives_the_way_through_a_url_and_through_libpq(host, user, password, port):
    address = Address(host, port, "vigil", user, password)
    assert read_address(as_url(address)) == address
    told = psycopg.conninfo.conninfo_to_dict(address.libpq)
    assert (told["host"], told["user"], told["password"]) == (host, user, password)
    assert set(told["port"].split(",")) == {str(port)}
    assert address.sqlalchemy.query["host"] == host
