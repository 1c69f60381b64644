"""What to say in the fields of an order: mostly what makes sense just now, sometimes what does not."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

from domain.base import Aggregate
from tests.builders import an_id
from tests.drawn.chooser import Chooser
from tests.drawn.world import World

T = TypeVar("T")
A = TypeVar("A", bound=Aggregate)

Said = Mapping[str, Any]
"""The fields of the order that were filled before, `act` among them."""
Word = Callable[[World, Chooser, Said], Any]


def mostly(*good: Any, odd: Sequence[Any] = ()) -> Word:
    """One of the good ones, and seldom one of the odd ones."""

    def word(world: World, chooser: Chooser, said: Said) -> Any:
        return chooser.one_of(odd) if odd and chooser.seldom() else chooser.one_of(good)

    return word


def fresh(stem: str) -> Word:
    """An id for what the order makes; seldom one that something has already."""

    def word(world: World, chooser: Chooser, said: Said) -> Any:
        taken = [its_id for ids in world.things.values() for its_id in ids[-1:]]
        return chooser.one_of(taken) if taken and chooser.seldom() else world.fresh(stem)

    return word


def in_minutes(*minutes: int) -> Word:
    """A moment so many minutes from when the order is heard."""
    return lambda world, chooser, said: world.now + timedelta(minutes=chooser.one_of(minutes))


@dataclass(frozen=True)
class Fit(Generic[T]):
    """Names one of the things that such an order makes sense for, as it stands; seldom any other, or none.

    among  : all that could be named
    fits   : whether it makes sense, beside what was said before; while nothing is, whether it ever could
    called : how it is named
    then   : what is said of it, where that is more than its name
    """

    among: Callable[[World], Sequence[T]]
    fits: Callable[[T, World, Said], Any]
    called: Callable[[T], Any]
    stranger: Callable[[World], Any] = lambda world: an_id(f"nobody {world.count}")
    then: Callable[[Any, World, Chooser, Said], Any] = lambda named, world, chooser, said: named

    def options(self, world: World, said: Said) -> list[Any]:
        return [self.called(each) for each in self.among(world) if self.fits(each, world, said)]

    def __call__(self, world: World, chooser: Chooser, said: Said) -> Any:
        return self.then(self._chosen(world, chooser, said), world, chooser, said)

    def _chosen(self, world: World, chooser: Chooser, said: Said) -> Any:
        if not chooser.seldom():
            fitting = self.options(world, said)
            if fitting:
                return chooser.one_of(fitting[:3])
        known = [self.called(each) for each in self.among(world)]
        return chooser.one_of([*known[:6], self.stranger(world)])


def one(kind: type[A], fits: Callable[[A, World, Said], Any] = lambda thing, world, said: True) -> Fit[A]:
    """A thing that goes by its own id."""
    return Fit(lambda world: world.newest(kind), fits, lambda thing: thing.id)
