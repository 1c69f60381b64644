"""Towns drawn by hypothesis."""

from itertools import pairwise

from hypothesis import strategies as st

from tests.towns import Town, Way, town

LETTERS = "abcdefghijklmnop"
ACROSS, DOWN = st.sampled_from("---><. "), st.sampled_from("|||^v: ")
LIMITS = st.sampled_from(["20", "45", "60", "30 mph"])
SIGNS = st.sampled_from(["bollard", "gate", "debris"])


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Up to four by four corners, any streets between them, some slow, some barred, some joined."""
    columns, rows = draw(st.integers(2, 4)), draw(st.integers(1, 4))
    lines = []
    for row in range(rows):
        corners = LETTERS[row * columns : (row + 1) * columns]
        lines.append("".join(corner + draw(ACROSS) for corner in corners[:-1]) + corners[-1])
        lines.append(" ".join(draw(DOWN) for _ in corners))
    drawing = "\n".join(lines[:-1])
    plain = town(drawing)
    limits = {way.corners: {"maxspeed": draw(LIMITS)} for way in plain.ways if draw(st.booleans())}
    barred = draw(st.sets(st.sampled_from(sorted(plain.corners)), max_size=3))
    signs = {corner: {"barrier": draw(SIGNS)} for corner in sorted(barred)}
    run = "abcdefghijklmnop"[:columns]
    pairs = {frozenset(way.corners) for way in plain.ways}
    joined = (run,) if all(frozenset(pair) in pairs for pair in pairwise(run)) else ()
    return town(drawing, limits, signs, joined)


BARRING = st.sampled_from(
    ["no_left_turn", "no_u_turn", "no_straight_on", "no_entry", "only_straight_on", "only_left_turn"]
)
CONDITIONS = st.sampled_from(["", "", "", " @ (06:00-09:00)", " @ (Sa 06:00-09:00)", " @ (in the rain)"])
SPARED = st.sampled_from(["", "", "", "motorcycle", "emergency", "bicycle;motorcar"])


@st.composite
def restricted_towns(draw: st.DrawFn) -> Town:
    """A town with turn restrictions through corners and over one or two ways, signals and large streets."""
    drawn = draw(towns())
    drawn.ways = [Way(way.corners[i : i + 2], dict(way.tags)) for way in drawn.ways
                  for i in range(len(way.corners) - 1)]  # fmt: skip
    side = draw(st.sampled_from(["", "", "left"]))
    for way in drawn.ways:
        if way.tags["highway"] == "residential" and draw(st.integers(0, 3)) == 0:
            way.tags["highway"] = "primary"
        if side:
            way.tags["driving_side"] = side
    for corner in sorted(drawn.corners):
        if corner not in drawn.signs and draw(st.integers(0, 4)) == 0:
            drawn.signs[corner] = {"highway": "traffic_signals"}
    for _ in range(draw(st.integers(0, 6))):
        path = _walk(draw, drawn)
        if len(path) > 1:
            _restrict(draw, drawn, path)
    return drawn


def _walk(draw: st.DrawFn, drawn: Town) -> list[str]:
    """Corners along some streets, at most four streets far; only the last step may go back."""
    if not drawn.ways:
        return []
    first = draw(st.sampled_from(drawn.ways)).corners
    path = list(first if draw(st.booleans()) else first[::-1])
    for _ in range(draw(st.integers(1, 3))):
        onward = [
            corner
            for way in drawn.ways
            if path[-1] in way.corners
            for corner in way.corners
            if corner not in path
        ]
        if not onward:
            break
        path.append(draw(st.sampled_from(onward)))
    return path


def _restrict(draw: st.DrawFn, drawn: Town, path: list[str]) -> None:
    ways = ["".join(pair) for pair in pairwise(path)]
    if len(ways) == 1:
        ways.append(ways[0])  # and back again
    via = ",".join(ways[1:-1]) or path[1]
    kind = draw(BARRING)
    condition = draw(CONDITIONS)
    tags = {"restriction:conditional" if condition else "restriction": kind + condition}
    if spared := draw(SPARED):
        tags["except"] = spared
    drawn.restrictions.append((ways[0], via, ways[-1], tags))
