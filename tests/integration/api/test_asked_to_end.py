"""`vigil up` ends in order and with 0, whoever asks it to."""

import signal

import pytest

from tests.server import letter_town_ground, running_server


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_whoever_asks_a_centre_to_end_is_told_that_all_went_well(tmp_path, sign):
    with running_server(letter_town_ground(), tmp_path / "data", cold=True) as server:
        assert server.process is not None
        server.process.send_signal(sign)
        assert server.process.wait(30) == 0
        assert "Traceback" not in server.said()
