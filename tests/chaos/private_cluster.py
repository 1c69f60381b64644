"""The PostgreSQL of a storm: it ends with the test process, however that ends, and after any strike."""

import signal

from api.postgres.address import Address
from api.postgres.cluster import Cluster
from tests.guards import Guard


class PrivateCluster(Cluster):
    """Each time it starts it has another process, and so another guard."""

    _guard: Guard | None = None

    def start(self) -> Address:
        address = super().start()
        self._guard = Guard(self.pid, "INT")
        return address

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        super().stop(how)
        if self._guard is not None:
            self._guard.release()
            self._guard = None
