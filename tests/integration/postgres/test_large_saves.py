"""What is larger than the line to the server holds at once: advice about a large fleet, a night copied."""

import os
import signal
import threading
import time

from api.bench.store_writer import a_call
from api.postgres.migrate import migrate
from dispatch.application import postgres_log
from tests.builders import an_act
from tests.postgres import fresh_database


def test_a_save_that_a_slow_server_takes_in_pieces_is_stored():
    """It reads nothing for a while, and more waits to be sent than the line between holds."""
    with fresh_database() as address:
        migrate(address)
        with postgres_log(address.libpq) as log:
            log.record(a_call("đau ngực", an_act()))  # the line is open, its statements are known
            before, places = log.position(), []
            large = a_call("x" * 4_000_000, an_act())
            saving = threading.Thread(target=lambda: places.append(log.record(large)), daemon=True)
            servers = log.line.pids
            for server in servers:
                os.kill(server, signal.SIGSTOP)
            try:
                saving.start()
                time.sleep(0.3)
            finally:
                for server in servers:
                    os.kill(server, signal.SIGCONT)
            saving.join(6)  # a line that hangs is shut after eight seconds
            assert places == [before + 1]
            assert log.select(before + 1, 1)[0][1].complaint == large.complaint
