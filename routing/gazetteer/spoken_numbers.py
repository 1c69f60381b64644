"""Numbers of houses and alleys as they are said before a street."""

from collections.abc import Iterator

from routing.gazetteer.asked import Reading
from routing.gazetteer.fold import street_key
from routing.gazetteer.numbers import NUMBER, Path, path_of
from routing.gazetteer.spoken import DAY_STREET, SUFFIX


def numbered(words: str) -> Iterator[Reading]:
    """A number before a street: `123/45/6 nguyen trai`, `so 12 ngo 3 x`, `hem 45 x`; and days: `3/2`."""
    tokens = words.split()
    steps: list[Path] = []
    in_alley = alley_last = False
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token in ("so", "nha", "dia", "chi", "s") and place + 1 < len(tokens):
            ahead = tokens[place + 1]
            if token == "so" and steps and not alley_last:
                break  # `12 so 8`: the street is number 8
            if not (ahead in ("so", "chi", "nha") or _is_number(ahead)):
                break
            place += 1
            continue
        if token in ("hem", "ngo", "ngach", "kiet", "hxh", "h", "hxm") and place + 1 < len(tokens):
            if not (_is_number(tokens[place + 1]) or tokens[place + 1] == "so"):
                break
            in_alley = True
            alley_last = True
            place += 1
            continue
        if not _is_number(token):
            break
        if steps and not alley_last:
            break
        number = token
        if place + 2 < len(tokens) and token[-1].isdigit() and SUFFIX.fullmatch(tokens[place + 1]):
            number += tokens[place + 1]
            place += 1
        steps.append(path_of(number))
        place += 1
        alley_last = False
    rest = " ".join(tokens[place:])
    if steps:
        path = tuple(step for part in reversed(steps) for step in part)
        street_word = rest.split()[:1] in (["duong"], ["d"], ["pho"])
        only_alley = in_alley and len(steps) == 1
        if rest:
            yield Reading(path=path, in_alley=only_alley, name=rest, word="street" if street_word else "")
        else:
            yield Reading(path=path, in_alley=only_alley, share=0.8)
    last = steps[-1] if steps else ()
    if len(last) == 2 and DAY_STREET.match("/".join(last)):
        before = tuple(step for part in reversed(steps[:-1]) for step in part)
        name = street_key("/".join(last))
        if not rest:
            yield Reading(path=before, name=name, word="street")


def _is_number(word: str) -> bool:
    return bool(NUMBER.match(word))
