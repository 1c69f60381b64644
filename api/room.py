"""A router of the API that knows the doors it has.

FastAPI asks every router about every path, route by route. Where rooms differ in the first word of their
paths, one look at that word spares nearly all of the asking.
"""

from fastapi import APIRouter
from starlette.routing import Match
from starlette.types import Scope

PREFIX = "/api/v1"


class Room(APIRouter):
    """Included under PREFIX. Its routes begin with a plain word, never with a parameter."""

    _doors: frozenset[str] = frozenset()

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As a router does, but a path that begins otherwise is told no at once."""
        if not self._doors:
            self._doors = frozenset(_word(getattr(route, "path", "")) for route in self.routes)
        path = scope["path"].removeprefix(scope.get("root_path", "") + PREFIX)
        if _word(path) not in self._doors:
            return Match.NONE, {}
        return super().matches(scope)


def _word(path: str) -> str:
    """The first word of a path: "units" for "/units/C1/duty"."""
    return path.lstrip("/").partition("/")[0]
