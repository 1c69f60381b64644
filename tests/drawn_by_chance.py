"""Towns drawn by hypothesis."""

from itertools import pairwise

from hypothesis import strategies as st

from tests.towns import Town, town

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
