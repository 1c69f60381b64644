"""What waited on a phone or a tablet for its line must not undo what people said since."""

from datetime import datetime

from domain.errors import WordOvertaken
from domain.values import Act


def refuse_what_is_overtaken(about: str, act: Act, said_at: datetime | None) -> None:
    """`said_at` : when the last word on the same matter was spoken, None where there was none yet."""
    if said_at is not None and act.at < said_at:
        raise WordOvertaken(about=about, at=act.at.isoformat(), known_at=said_at.isoformat())
