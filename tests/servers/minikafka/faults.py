"""Faults on demand: answers with an error, answers that are lost, answers that come late."""

from dataclasses import dataclass, field

from tests.servers.minikafka.codes import Api, Error


@dataclass
class _Rule:
    api: Api
    topic: str | None
    left: int  # how many more times; below 0: for ever


@dataclass
class _Refusal(_Rule):
    error: Error


@dataclass
class Faults:
    """Asked at every request; without rules nothing fails."""

    _refusals: list[_Refusal] = field(default_factory=list)
    _losses: list[_Rule] = field(default_factory=list)
    delays_s: dict[Api, float] = field(default_factory=dict)
    """How long the answer to a kind of request is held back."""

    def refuse(self, api: Api, error: Error, times: int = -1, topic: str | None = None) -> None:
        """Answer with an error and do nothing. Understood by produce, fetch, commits and transactions."""
        self._refusals.append(_Refusal(api, topic, times, error))

    def lose_answers(self, api: Api, times: int = 1) -> None:
        """Do what is asked, then close the connection without an answer."""
        self._losses.append(_Rule(api, None, times))

    def clear(self) -> None:
        self._refusals.clear()
        self._losses.clear()
        self.delays_s.clear()

    def error(self, api: Api, topic: str | None = None) -> Error:
        """What to answer instead of doing it; NONE: do it."""
        for rule in self._refusals:
            if rule.api is api and rule.topic in (None, topic) and _spent(rule):
                return rule.error
        return Error.NONE

    def loses(self, api: Api) -> bool:
        return any(rule.api is api and _spent(rule) for rule in self._losses)


def _spent(rule: _Rule) -> bool:
    """Whether the rule still holds, and one time less from now on."""
    if rule.left == 0:
        return False
    rule.left -= rule.left > 0
    return True
