"""How a Kafka is reached, and the prefix of the topics that are ours there."""

import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DEFAULT_PREFIX = "vigil."
SECURITIES = ("plaintext", "ssl", "sasl_ssl", "sasl_plaintext")
NAMEABLE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
LONGEST_PREFIX = 100


class BadBroker(ValueError):
    """The way to Kafka makes no sense; the sentence says what is wrong."""


@dataclass(frozen=True, slots=True)
class BrokerSettings:
    """address : HOST:PORT, several with commas between them. `repr` keeps the password to itself."""

    address: str
    prefix: str = DEFAULT_PREFIX
    security: str = "plaintext"
    user: str = ""
    password: str = field(default="", repr=False)
    mechanism: str = "SCRAM-SHA-512"
    authority: str = ""  # a file with the certificates that are believed; empty: those of the system

    def topic(self, name: str) -> str:
        """The full name of one of our topics."""
        return self.prefix + name

    def options(self) -> dict[str, Any]:
        """What each client of aiokafka is given."""
        options: dict[str, Any] = {
            "bootstrap_servers": self.address,
            "security_protocol": self.security.upper(),
        }
        if self.security.endswith("ssl"):
            options["ssl_context"] = ssl.create_default_context(cafile=self.authority or None)
        if self.security.startswith("sasl"):
            options["sasl_mechanism"] = self.mechanism
            options["sasl_plain_username"] = self.user
            options["sasl_plain_password"] = self.password
        return options


def read_broker(
    address: str, prefix: str = DEFAULT_PREFIX, environment: Mapping[str, str] | None = None
) -> BrokerSettings:
    """Of the command line; security comes from the environment, where passwords are not seen by others.

    VIGIL_KAFKA_SECURITY (one of SECURITIES), VIGIL_KAFKA_USER, VIGIL_KAFKA_PASSWORD, VIGIL_KAFKA_MECHANISM,
    VIGIL_KAFKA_CA. Raises BadBroker.
    """
    known = os.environ if environment is None else environment
    for each in address.split(","):
        host, _, port = each.strip().rpartition(":")
        if not host or not port.isdigit() or not 0 < int(port) < 65536:
            raise BadBroker(f"--kafka wants HOST:PORT, or several with commas; '{each}' is none.")
    if not set(prefix) <= NAMEABLE or len(prefix) > LONGEST_PREFIX:
        raise BadBroker(
            f"A prefix has letters, digits, '.', '_' and '-', {LONGEST_PREFIX} at most, not '{prefix}'."
        )
    security = known.get("VIGIL_KAFKA_SECURITY", "plaintext").lower()
    if security not in SECURITIES:
        raise BadBroker(f"VIGIL_KAFKA_SECURITY knows {', '.join(SECURITIES)}, not '{security}'.")
    user = known.get("VIGIL_KAFKA_USER", "")
    if security.startswith("sasl") and not user:
        raise BadBroker(f"VIGIL_KAFKA_SECURITY={security} needs VIGIL_KAFKA_USER and VIGIL_KAFKA_PASSWORD.")
    return BrokerSettings(
        address=",".join(each.strip() for each in address.split(",")),
        prefix=prefix,
        security=security,
        user=user,
        password=known.get("VIGIL_KAFKA_PASSWORD", ""),
        mechanism=known.get("VIGIL_KAFKA_MECHANISM", "SCRAM-SHA-512"),
        authority=known.get("VIGIL_KAFKA_CA", ""),
    )
