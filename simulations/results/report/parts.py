"""Notes and tables, as every part of the report has them."""

from collections.abc import Sequence
from html import escape

from simulations.results.report.say import Say


def note(what: str, say: Say, **parts: object) -> str:
    return f'<p class="note">{escape(say(what, **parts))}</p>'


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    top = "".join(f"<th>{escape(each)}</th>" for each in head)
    told_rows = "".join(f"<tr>{''.join(f'<td>{escape(each)}</td>' for each in row)}</tr>" for row in rows)
    return f'<div class="scroll"><table><thead><tr>{top}</tr></thead><tbody>{told_rows}</tbody></table></div>'
