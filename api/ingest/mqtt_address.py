"""Where the MQTT broker is, and how we sign in there. Secrets come from the environment alone."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PLAIN_PORT, TLS_PORT = 1883, 8883


class BadBroker(ValueError):
    """The address of the broker makes no sense; the sentence says what is wrong."""


@dataclass(frozen=True, slots=True)
class Broker:
    """username, password : None where the broker lets anybody in
    ca : a file with the certificates to believe, None for those of the system; only with tls
    """

    host: str
    port: int
    tls: bool = False
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: str | None = None

    def __str__(self) -> str:
        return f"{'mqtts' if self.tls else 'mqtt'}://{self.host}:{self.port}"

    def context(self) -> ssl.SSLContext | None:
        return ssl.create_default_context(cafile=self.ca) if self.tls else None


def read_broker(said: str, environment: Mapping[str, str]) -> Broker:
    """Of `HOST`, `HOST:PORT` or `mqtts://HOST:PORT`. Raises BadBroker.

    environment : VIGIL_MQTT_USER, VIGIL_MQTT_PASSWORD, VIGIL_MQTT_CA
    """
    try:
        parts = urlsplit(said if "://" in said else f"mqtt://{said}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
        parts = urlsplit("")
    if not host or parts.scheme not in ("mqtt", "mqtts") or parts.path.strip("/"):
        raise BadBroker(f"--mqtt {said}: the broker is named as HOST:PORT or mqtts://HOST:PORT.")
    if parts.username or parts.password:
        raise BadBroker("--mqtt takes no password; put it into VIGIL_MQTT_USER and VIGIL_MQTT_PASSWORD.")
    tls = parts.scheme == "mqtts"
    return Broker(
        host=host,
        port=port or (TLS_PORT if tls else PLAIN_PORT),
        tls=tls,
        username=environment.get("VIGIL_MQTT_USER") or None,
        password=environment.get("VIGIL_MQTT_PASSWORD") or None,
        ca=environment.get("VIGIL_MQTT_CA") or None,
    )
