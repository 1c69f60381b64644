"""What is wrong with the files of a model: a sentence each, with the file and the line."""

import re
from collections.abc import Mapping

_HEAD = re.compile(r"\s*\[\[?\s*([^\[\]#]+?)\s*\]\]?")
_FIELD = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w.-]+)\s*=""")


class BadModel(ValueError):
    """The files cannot be used; `sentences` name each fault by file and line."""

    def __init__(self, sentences: list[str]) -> None:
        self.sentences = tuple(sentences)
        super().__init__("\n".join(sentences))


class Faults:
    """Collected while reading goes on, so that one look shows them all."""

    def __init__(self) -> None:
        self.sentences: list[str] = []
        self.rows: dict[str, list[int]] = {}
        """On which line each row of a table ends, by file."""

    def row(self, file: str, row: int, complaint: str) -> None:
        """Of the row of a table, counted from 0."""
        self.say(file, self.rows[file][row], complaint)

    def say(self, file: str, line: int | None, complaint: str) -> None:
        where = file if line is None else f"{file}, line {line}"
        self.sentences.append(f"{where}: {complaint}{'' if complaint.endswith('?') else '.'}")

    def settle(self) -> None:
        """Raises BadModel where anything was said."""
        if self.sentences:
            raise BadModel(self.sentences)


def lines_of(text: str) -> Mapping[str, int]:
    """On which line each table and field of a TOML text is: "times.P1.scene". Of several tables in a list the
    second is "kinds.1", the first "kinds.0"."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := _HEAD.match(line):
            table = ".".join(part.strip().strip("\"'") for part in head[1].split("."))
            if line.lstrip().startswith("[["):
                count = counts[table] = counts.get(table, -1) + 1
                table = f"{table}.{count}"
            lines.setdefault(table, number)
        elif field := _FIELD.match(line):
            name = field[1].strip("\"'")
            lines.setdefault(f"{table}.{name}" if table else name, number)
    return lines
