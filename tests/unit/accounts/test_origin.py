import pytest

from api.accounts.demo import is_loopback
from api.accounts.origin import same_origin


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("http://127.0.0.1:8115", "127.0.0.1:8115"),
        ("https://vigil.example", "vigil.example"),
        ("https://vigil.example", "vigil.example:443"),
        ("https://Vigil.Example:443", "vigil.example"),
        ("http://[::1]:8115", "[::1]:8115"),
    ],
)
def test_a_page_and_its_own_server_agree(origin, host):
    assert same_origin(origin, host)


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://evil.example", "vigil.example"),
        ("http://127.0.0.1:3000", "127.0.0.1:8115"),
        ("http://localhost:8115", "127.0.0.1:8115"),
        ("https://vigil.example.evil.example", "vigil.example"),
        ("https://vigil.example:8443", "vigil.example"),
        ("https://evil.example/vigil.example", "vigil.example"),
        ("null", "vigil.example"),
        ("", "vigil.example"),
        ("https://", ""),
        ("http://[", "["),
        ("file:///vigil.example", "vigil.example"),
        ("ftp://vigil.example", "vigil.example"),
    ],
)
def test_any_other_page_is_foreign(origin, host):
    assert not same_origin(origin, host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "localhost", "LOCALHOST", "::1", "[::1]"])
def test_a_loopback_host_hears_this_machine_alone(host):
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "::", "192.168.1.4", "vigil.example", "localhost.evil.example", "1270.0.0.1"]
)
def test_every_other_host_is_open_to_others(host):
    assert not is_loopback(host)
