import httpx
import pytest

from api.cli.up_command import address


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8115"),
        ("localhost", "http://localhost:8115"),
        ("::1", "http://[::1]:8115"),
    ],
)
def test_the_address_it_prints_can_be_opened(host, url):
    assert address(host, 8115) == url
    assert httpx.URL(url).port == 8115
