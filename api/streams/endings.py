"""Why a worker ended that is to be started anew, in one sentence for whoever reads its log."""

from aiokafka.errors import InconsistentGroupProtocolError, KafkaConnectionError, KafkaError

from api.streams.aiokafka_host import GROUP
from api.streams.broker_clock import WrongClock
from api.streams.broker_settings import BrokerSettings
from api.streams.claims import TakenOver

ENDINGS = (KafkaError, OSError, TakenOver, WrongClock)
"""What a worker may end with; anything else is a fault of ours, and told with where it was."""


def why_ended(broker: BrokerSettings, fault: Exception) -> str:
    if isinstance(fault, (TakenOver, WrongClock)):
        return str(fault)
    if isinstance(fault, InconsistentGroupProtocolError):
        return (
            f"Workers on the other host hold the group {broker.topic(GROUP)}: one on Faust and one on plain "
            "aiokafka cannot share it. Stop them all before the host is changed"
        )
    if isinstance(fault, KafkaConnectionError):
        return f"Kafka at {broker.address} does not answer"
    return f"Kafka at {broker.address}: {fault!r}"
