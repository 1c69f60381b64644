"""Casualties over hospitals: red first, soonest first, none above beds or share; held to trying them all."""

from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from dispatch.policies.care_rules import SpreadRules
from dispatch.policies.spread import COLOURS, Casualty, Place, Spread, cap_of, spread
from domain.casualty import Category
from tests.builders import an_id

ED, WARD = "EmergencyDepartment", "MedicalSurgical"
RULES = SpreadRules(red=(ED,), yellow=(ED, WARD), green=(WARD, ED), share=0.5, least=1, lacks_s=400.0)


def hurt(red: int = 0, yellow: int = 0, green: int = 0, black: int = 0) -> list[Casualty]:
    colours = [*["red"] * red, *["yellow"] * yellow, *["green"] * green, *["black"] * black]
    return [Casualty(an_id(f"tag {n}"), f"1-{n:02d}", Category(colour)) for n, colour in enumerate(colours)]


def place(name: str, eta_s: float, ed: int = 0, ward: int = 0, capable: bool = True, bound: int = 0) -> Place:
    return Place(name, name.title(), eta_s, 0.0, {ED: ed, WARD: ward}, capable, bound)


def where(found: Spread) -> dict[str, list[str]]:
    went: dict[str, list[str]] = {}
    for each in found.sent:
        went.setdefault(each.hospital_id, []).append(str(each.category))
    return went


def test_red_ones_go_to_the_nearest_and_the_others_further():
    places = [place("near", 100, ed=2, ward=2), place("far", 900, ed=9, ward=9)]
    found = spread(hurt(red=2, yellow=1, green=1), places, RULES)
    assert where(found) == {"near": ["red", "red"], "far": ["yellow", "green"]}


def test_nobody_gets_more_than_its_share_even_with_beds_to_spare():
    places = [place("near", 100, ed=90), place("far", 900, ed=90)]
    found = spread(hurt(red=10), places, RULES)
    assert Counter(each.hospital_id for each in found.sent) == {"near": 5, "far": 5}


def test_who_was_sent_before_counts_into_the_share():
    places = [place("near", 100, ed=90, bound=4), place("far", 900, ed=90)]
    found = spread(hurt(red=6), places, RULES)
    assert Counter(each.hospital_id for each in found.sent) == {"near": 1, "far": 5}


def test_one_hospital_alone_takes_what_it_can():
    found = spread(hurt(red=10), [place("only", 100, ed=7)], RULES)
    assert (len(found.sent), len(found.unplaced)) == (7, 3)


def test_red_ones_rather_drive_further_to_surgeons():
    places = [place("near", 100, ed=9, capable=False), place("surgeons", 450, ed=9)]
    found = spread(hurt(red=1, yellow=1), places, RULES)
    assert where(found) == {"surgeons": ["red"], "near": ["yellow"]}


def test_black_ones_stay_and_a_casualty_without_a_colour_counts_as_yellow():
    unknown = Casualty(an_id("?"), "1-99", None)
    found = spread([*hurt(black=2), unknown], [place("near", 100, ed=9)], RULES)
    assert [each.category for each in found.sent] == [Category.YELLOW]
    assert len(found.staying) == 2


def test_sixty_casualties_leave_no_hospital_above_its_beds_or_its_share():
    places = [place(f"h{n}", 200 + 90 * n, ed=6 + n, ward=12 - n) for n in range(6)]
    found = spread(hurt(red=12, yellow=18, green=26, black=4), places, SpreadRules())
    assert len(found.sent) + len(found.unplaced) + len(found.staying) == 60
    assert not found.unplaced
    for each in places:
        mine = Counter(sent.bed_kind for sent in found.sent if sent.hospital_id == each.hospital_id)
        assert sum(mine.values()) <= found.cap
        assert all(mine[kind] <= each.free[kind] for kind in mine)


@given(
    colours=st.lists(st.sampled_from(["red", "yellow", "green"]), max_size=3),
    beds=st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 2), st.sampled_from([100, 250, 300, 900]), st.booleans()),
        min_size=1,
        max_size=3,
    ),
    bound=st.integers(0, 2),
)
def test_no_other_spread_serves_more_of_a_colour_or_serves_it_sooner(colours, beds, bound):
    places = [
        place(f"h{n}", eta, ed, ward, capable, bound if n == 0 else 0)
        for n, (ed, ward, eta, capable) in enumerate(beds)
    ]
    casualties = [Casualty(an_id(n), f"{n}", Category(colour)) for n, colour in enumerate(colours)]
    found = spread(casualties, places, RULES)
    cap = cap_of(len(casualties), places, RULES)
    taken: list[tuple[str, str]] = []
    for colour in COLOURS:
        mine = [each for each in found.sent if each.category is colour]
        wanted = sum(each.category is colour for each in casualties)
        best = slow_best(colour, wanted, places, taken, cap)
        assert (len(mine), round(sum(each.cost_s for each in mine), 1)) == best
        taken += [(each.hospital_id, each.bed_kind) for each in mine]


def slow_best(colour, wanted, places, taken, cap) -> tuple[int, float]:
    """The twin: try everything. (Served, seconds) of the best that is left after `taken`."""
    kinds = {"red": RULES.red, "yellow": RULES.yellow, "green": RULES.green}[colour]
    options: list[tuple[Place, str, float] | None] = [None]
    for each in places:
        lacks = RULES.lacks_s if colour == "red" and not each.capable else 0
        options += [(each, kind, each.eta_s + lacks + 120.0 * step) for step, kind in enumerate(kinds)]
    best = (0, 0.0)
    for chosen in product(options, repeat=wanted):
        picked = [each for each in chosen if each is not None]
        used = Counter(taken) + Counter((where.hospital_id, kind) for where, kind, _ in picked)
        heads = Counter(hospital for hospital, _ in used.elements())
        legal = all(
            heads[each.hospital_id] + each.bound <= max(cap, each.bound + 0)
            and all(used[each.hospital_id, kind] <= each.free[kind] for kind in (ED, WARD))
            for each in places
        )
        outcome = (len(picked), round(sum(seconds for _, _, seconds in picked), 1))
        if legal and (outcome[0], -outcome[1]) > (best[0], -best[1]):
            best = outcome
    return best
