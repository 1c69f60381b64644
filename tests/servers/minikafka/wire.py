"""Bytes to requests and answers to bytes, by aiokafka's schemas."""

import importlib
import inspect
import pkgutil
import struct
from functools import cache
from io import BytesIO
from typing import Any, NamedTuple

import aiokafka.protocol
from aiokafka.protocol.api import RequestStruct

from tests.servers.minikafka.codes import SPOKEN, Api, Error

HEADER = struct.Struct(">hhih")  # kind, version, correlation, length of the client's name


class Misspoken(Exception):
    """A request nobody here understands: the connection is closed, as Kafka does."""


class Question(NamedTuple):
    """One request: its kind, the number its answer must carry, who asks, and its fields."""

    api: Api
    version: int
    correlation: int
    client: str
    fields: Any  # a RequestStruct, None for API_VERSIONS


def read_question(frame: bytes) -> Question:
    """Of a whole frame without its length. Raises Misspoken."""
    data = BytesIO(frame)
    number, version, correlation, length = HEADER.unpack(data.read(HEADER.size))
    client = data.read(length).decode() if length >= 0 else ""
    try:
        api = Api(number)
    except ValueError:
        raise Misspoken(f"request {number} of {client!r}") from None
    if api is Api.API_VERSIONS:
        return Question(api, version, correlation, client, None)
    if SPOKEN[api] != version:
        raise Misspoken(f"{api.name} version {version} of {client!r}")
    return Question(api, version, correlation, client, _requests()[api, version].decode(data))


def write_answer(question: Question, answer: tuple[Any, ...]) -> bytes:
    """The frame with its length."""
    if question.api is Api.API_VERSIONS:
        body = _versions(question.version)
    else:
        body = question.fields.RESPONSE_TYPE(*answer).encode()
    return struct.pack(">ii", len(body) + 4, question.correlation) + body


def _versions(asked: int) -> bytes:
    """What is spoken. Who asks in a newer way hears so in the oldest way, and asks again."""
    error = Error.NONE if asked <= 2 else Error.UNSUPPORTED_VERSION
    lowest = {api: 0 if api is Api.API_VERSIONS else version for api, version in SPOKEN.items()}
    highest = {**SPOKEN, Api.API_VERSIONS: 2}
    listed = b"".join(struct.pack(">hhh", api, lowest[api], highest[api]) for api in SPOKEN)
    throttle = struct.pack(">i", 0) if 1 <= asked <= 2 else b""
    return struct.pack(">hi", error, len(SPOKEN)) + listed + throttle


@cache
def _requests() -> dict[tuple[int, int], type[RequestStruct]]:
    """Every request aiokafka can build, by kind and version."""
    found: dict[tuple[int, int], type[RequestStruct]] = {}
    for module in pkgutil.iter_modules(aiokafka.protocol.__path__):
        for each in vars(importlib.import_module(f"aiokafka.protocol.{module.name}")).values():
            if inspect.isclass(each) and issubclass(each, RequestStruct) and each is not RequestStruct:
                found[each.API_KEY, each.API_VERSION] = each
    return found
