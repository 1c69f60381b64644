"""The log in memory keeps the contract."""

from collections.abc import Iterator

import pytest

from dispatch.application import DispatchLog, memory_log
from tests.contract.log.log_contract import LogContract


class TestMemoryLog(LogContract):
    @pytest.fixture
    def log(self) -> Iterator[DispatchLog]:
        with memory_log() as log:
            yield log
