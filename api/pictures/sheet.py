"""A sheet of SVG to draw on, and the file it becomes."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from routing.errors import MapError

FONT: Final = "Roboto, 'DejaVu Sans', Arial, sans-serif"
KINDS: Final = (".svg", ".png")
WIDE: Final = 0.52  # of its size, the width of an average letter
Line = Sequence[tuple[float, float]]


@dataclass(slots=True)
class Sheet:
    """Elements are drawn in the order in which they come; pixels, from the upper left corner."""

    width: int
    height: int
    elements: list[str] = field(default_factory=list)

    def box(self, x: float, y: float, width: float, height: float, fill: str, **style: object) -> None:
        self._add("rect", x=x, y=y, width=width, height=height, fill=fill, **style)

    def dot(self, x: float, y: float, radius: float, fill: str, **style: object) -> None:
        self._add("circle", cx=x, cy=y, r=radius, fill=fill, **style)

    def lines(self, lines: Iterable[Line], stroke: str, width: float, **style: object) -> None:
        """Many lines of one look, as one element."""
        path = "".join(_path(line) for line in lines)
        if path:
            self._add("path", d=path, fill="none", stroke=stroke, stroke_width=width,
                      stroke_linecap="round", stroke_linejoin="round", **style)  # fmt: skip

    def area(self, rings: Iterable[Line], fill: str, **style: object) -> None:
        """Rings inside others are holes."""
        path = "".join(_path(ring) + "Z" for ring in rings)
        if path:
            self._add("path", d=path, fill=fill, fill_rule="evenodd", **style)

    def begin_group(self, **style: object) -> None:
        """What follows is drawn as one, until `end_group`: its opacity is that of the whole."""
        self.elements.append(f"<g{_attributes(style)}>")

    def end_group(self) -> None:
        self.elements.append("</g>")

    def text(self, x: float, y: float, words: str, size: float, **style: object) -> None:
        style.setdefault("fill", "#1d2733")
        attributes = _attributes({"x": x, "y": y, "font_size": size, **style})
        self.elements.append(f"<text{attributes}>{escape(_printable(words))}</text>")

    def svg(self) -> str:
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" '
            f'viewBox="0 0 {self.width} {self.height}" font-family={quoteattr(FONT)}>'
        )
        return "\n".join((head, *self.elements, "</svg>\n"))

    def save(self, path: Path) -> None:
        """Write the picture whole or not at all. Raises MapError where the name or the place is no good."""
        check_name(path)
        content = self.svg().encode() if path.suffix.lower() == ".svg" else _png(self.svg())
        aside = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            aside.write_bytes(content)
            aside.replace(path)
        except OSError as error:
            raise MapError(f"{path} cannot be written: {error.strerror or error}.") from error
        finally:
            aside.unlink(missing_ok=True)

    def _add(self, name: str, **attributes: object) -> None:
        self.elements.append(f"<{name}{_attributes(attributes)}/>")


def check_name(path: Path) -> None:
    """Raise MapError unless the picture can be of the kind that its name says, in a folder that is there."""
    if path.suffix.lower() not in KINDS:
        raise MapError(f"{path.name} is no name for a picture: it must end in {' or '.join(KINDS)}.")
    if not path.absolute().parent.is_dir():
        raise MapError(f"{path} cannot be written: there is no folder {path.absolute().parent}.")


def width_of(words: str, size: float) -> float:
    """About how wide the words are, in pixels."""
    return len(words) * size * WIDE


def shortened(words: str, size: float, width: float) -> str:
    """The words, cut off where they would be wider."""
    most = max(1, int(width / (size * WIDE)))
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _png(svg: str) -> bytes:
    # Fonts and renderer load only where a picture is asked for.
    import font_roboto
    import resvg_py

    fonts = [font_roboto.Roboto, font_roboto.RobotoMedium]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, font_files=fonts, skip_system_fonts=True, font_family="Roboto",
            sans_serif_family="Roboto",
        )
    )  # fmt: skip


def _path(line: Line) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line)


def _attributes(attributes: dict[str, object]) -> str:
    said = []
    for name, value in attributes.items():
        text = f"{value:.2f}" if isinstance(value, float) else str(value)
        said.append(f" {name.replace('_', '-')}={quoteattr(text)}")
    return "".join(said)


def _printable(words: str) -> str:
    """XML has no place for control characters, which names on a map may hold."""
    return "".join(letter if letter.isprintable() else " " for letter in words)
