"""Draw what learning changed, as SVG: no library is needed for two panels of lines."""

from pathlib import Path

WIDTH, HEIGHT, LEFT, TOP, PANEL = 760, 620, 64, 56, 216
BEFORE, AFTER, TRUE = "#c0392b", "#1f6f8b", "#7f8c8d"


def plot(result: dict, path: Path) -> None:
    """Two panels by hour of the day: the relative error of promises, and the share of the free speed."""
    rows = result["held_out"]["by_hour"]
    hours = [row["hour"] for row in rows]
    before = [100 * row["before"]["median_relative"] for row in rows]
    after = [100 * row["after"]["median_relative"] for row in rows]
    top = 5 * (int(max(before + after)) // 5 + 1)
    learned = {name: lines["learned"] for name, lines in result["factors"].items()}
    most = max(max(line) for line in learned.values())
    told = f"Synthetic: a made-up truth on the map {result['map']}, seed {result['seed']}, "
    told += f"{result['runs_learned_from']} runs learned from, {result['held_out']['runs']} held out"
    parts = [
        _text(LEFT, 24, "Promised against driven time on runs held out: median relative error, %", 15),
        _text(LEFT, 42, told, 11, TRUE),
        *_frame(TOP, [(v, str(v)) for v in range(0, top + 1, 5)], top),
        _line(TOP, hours, before, top, BEFORE), _line(TOP, hours, after, top, AFTER),
        _text(LEFT + 10, TOP + 16, "before: empty streets", 12, BEFORE),
        _text(LEFT + 10, TOP + 32, "after: learned by hour of the week", 12, AFTER),
    ]  # fmt: skip
    second = TOP + PANEL + 76
    ceiling = 0.25 * (int(most / 0.25) + 1)
    steps = [(0.25 * i, f"{0.25 * i:.2f}") for i in range(int(ceiling / 0.25) + 1)]
    parts += [_text(LEFT, second - 14, "Learned share of the free speed on working days", 15),
              *_frame(second, steps, ceiling)]  # fmt: skip
    for line, colour, dash in zip(learned.values(), (BEFORE, AFTER, TRUE), ("", "6 3", "2 2"), strict=True):
        parts.append(_line(second, list(range(24)), line, ceiling, colour, dash))
    for i, (name, colour) in enumerate(zip(learned, (BEFORE, AFTER, TRUE), strict=True)):
        parts.append(_text(LEFT + 10 + 110 * i, second + PANEL - 8, name, 12, colour))
    parts.append(_text(LEFT + 300, second + PANEL + 36, "hour of the day", 12))
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
           f'font-family="sans-serif"><rect width="100%" height="100%" fill="#fff"/>')  # fmt: skip
    path.write_text("\n".join([svg, *parts, "</svg>", ""]), encoding="utf-8")


def _frame(top: int, steps: list, most: float) -> list[str]:
    lines = []
    for value, words in steps:
        y = top + PANEL * (1 - value / most)
        lines.append(f'<line x1="{LEFT}" x2="{WIDTH - 20}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>')
        lines.append(_text(LEFT - 8, y + 4, words, 11, "#333", "end"))
    lines += [_text(_x(hour), top + PANEL + 18, str(hour), 11, "#333", "middle") for hour in range(0, 24, 3)]
    return lines


def _line(top: int, hours: list[int], values: list[float], most: float, colour: str, dash: str = "") -> str:
    points = " ".join(
        f"{_x(hour):.1f},{top + PANEL * (1 - value / most):.1f}"
        for hour, value in zip(hours, values, strict=True)
    )
    return (f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2" '
            f'stroke-dasharray="{dash}"/>')  # fmt: skip


def _x(hour: float) -> float:
    return LEFT + (WIDTH - 20 - LEFT) * hour / 23


def _text(x: float, y: float, words: str, size: int, colour: str = "#222", anchor: str = "start") -> str:
    where = f'x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"'
    return f'<text {where} font-size="{size}" fill="{colour}">{words}</text>'
