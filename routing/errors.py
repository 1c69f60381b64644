"""What can go wrong with a map, said in one sentence."""

from pathlib import Path


class MapError(Exception):
    """The map cannot be read, built or loaded. `str(error)` is a sentence for the person who asked, `vi` the
    same in Vietnamese, as the pages of the first run show it."""

    def __init__(self, en: str, vi: str = "Không nạp được bản đồ này.") -> None:
        super().__init__(en)
        self.vi = vi


def unreadable_vi(source: Path) -> str:
    """What the library says of a damaged file is English, and no help to whoever wants a map."""
    return f"Không đọc được {source.name}: tệp bị hỏng hoặc không phải dữ liệu OpenStreetMap."
