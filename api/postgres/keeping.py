"""A server of one's own that ends by itself, as the machine ends what takes too much memory, is run again."""

import logging
import threading

from api.postgres.cluster import Cluster, NoCluster

log = logging.getLogger("vigil.cluster")

LOOK_S = 0.5
LONGEST_PAUSE_S = 10.0


class ClusterKeeper:
    """A thread that looks after a cluster that was started. Stop it before the cluster."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="cluster", daemon=True)
        self.revived = 0

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        pause_s = LOOK_S
        while not self._stopping.wait(pause_s):
            if self._cluster.lives():
                pause_s = LOOK_S
                continue
            log.error("PostgreSQL in %s ended by itself; it is started again", self._cluster.folder)
            try:
                self._cluster.revive()
                self.revived += 1
            except NoCluster as fault:
                log.error("%s", fault)
                pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
