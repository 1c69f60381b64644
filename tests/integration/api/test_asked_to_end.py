"""`vigil up` ends in order and with 0, whoever asks it to."""

import signal

import pytest


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_whoever_asks_a_centre_to_end_is_told_that_all_went_well(own_server, sign):
    assert own_server.process is not None
    own_server.process.send_signal(sign)
    assert own_server.process.wait(30) == 0
    assert "Traceback" not in own_server.said()
