"""Why a place was chosen and what is doubtful, in both languages."""

from typing import Final

from domain.places import Words


def exact_house(number: str) -> Words:
    return {"en": f"The map knows house {number}.", "vi": f"Bản đồ có số nhà {number}."}


def same_number(number: str) -> Words:
    return {
        "en": f"The map knows a door or an alley with number {number} here.",
        "vi": f"Bản đồ có một số nhà hoặc hẻm số {number} ở đây.",
    }


def house_by_nearness(number: str) -> Words:
    return {
        "en": f"A house {number} stands at this street; the map does not name its street.",
        "vi": f"Có số nhà {number} cạnh đường này nhưng bản đồ không ghi tên đường của nhà.",
    }


def between(lower: str, upper: str) -> Words:
    return {
        "en": f"Reckoned between numbers {lower} and {upper}.",
        "vi": f"Ước lượng giữa số {lower} và số {upper}.",
    }


def beyond(known: str) -> Words:
    return {
        "en": f"Reckoned from number {known}, the nearest the map knows.",
        "vi": f"Ước lượng từ số {known}, số gần nhất có trên bản đồ.",
    }


def far_beyond(known: str) -> Words:
    return {
        "en": f"The numbers known here end near {known}: ask whether it is this street.",
        "vi": f"Số nhà đã biết ở đây chỉ đến khoảng {known}: hãy hỏi lại có đúng đường này không.",
    }


def no_numbers() -> Words:
    return {
        "en": "The map knows no house numbers of this street: this is its middle.",
        "vi": "Bản đồ không có số nhà của đường này: đây là giữa đường.",
    }


def alley_known(alley: str) -> Words:
    return {"en": f"The map knows alley {alley}.", "vi": f"Bản đồ có hẻm {alley}."}


def somewhere_in(alley: str) -> Words:
    return {
        "en": f"Somewhere in alley {alley}; the map does not know the house.",
        "vi": f"Ở trong hẻm {alley}; bản đồ không có số nhà này.",
    }


def mouth_only(number: str) -> Words:
    return {
        "en": f"The alley is not on the map: this is where its mouth should be, at number {number}.",
        "vi": f"Hẻm không có trên bản đồ: đây là chỗ đầu hẻm, ở số {number}.",
    }


def nameless_alley(number: str) -> Words:
    return {
        "en": f"A nameless alley leaves the street at number {number}.",
        "vi": f"Có một hẻm không tên rẽ vào ở số {number}.",
    }


def long_street(metres: float) -> Words:
    return {
        "en": f"The street goes on for {_far(metres)}: ask for a number, a crossing or what is near.",
        "vi": f"Đường dài {_xa(metres)}: hãy hỏi số nhà, ngã tư hoặc nơi gần đó.",
    }


def wide_area(metres: float) -> Words:
    return {
        "en": f"An area some {_far(metres)} across: ask for the street.",
        "vi": f"Khu vực rộng khoảng {_xa(metres)}: hãy hỏi tên đường.",
    }


def several(count: int) -> Words:
    return {
        "en": f"{count} places answer to that: ask for the district or ward.",
        "vi": f"Có {count} nơi trùng khớp: hãy hỏi quận hoặc phường.",
    }


def spelt(said: str, name: str) -> Words:
    return {"en": f"'{said}' was read as {name}.", "vi": f"Hiểu '{said}' là {name}."}


def elsewhere(area: str) -> Words:
    return {"en": f"It does not lie in {area} as was said.", "vi": f"Nơi này không thuộc {area} như đã nói."}


def unknown_area(area: str) -> Words:
    return {"en": f"The map does not know '{area}'.", "vi": f"Bản đồ không có '{area}'."}


def beside(anchor: str) -> Words:
    return {"en": f"Near {anchor}; ask on which side.", "vi": f"Gần {anchor}; hãy hỏi rõ ở phía nào."}


def crossing(nodes: bool) -> Words:
    if nodes:
        return {"en": "The streets meet here.", "vi": "Hai đường giao nhau ở đây."}
    return {
        "en": "The streets come nearest here without meeting.",
        "vi": "Hai đường gần nhau nhất ở đây nhưng không giao nhau.",
    }


def no_crossing(other: str) -> Words:
    return {
        "en": f"The map has no crossing with {other}: this is only one of the two streets. Ask again.",
        "vi": f"Bản đồ không có chỗ giao với {other}: đây chỉ là một trong hai đường. Hãy hỏi lại.",
    }


def unknown_street(other: str) -> Words:
    return {
        "en": f"The map knows no street '{other}': this is only the other one. Ask again.",
        "vi": f"Bản đồ không có đường '{other}': đây chỉ là đường còn lại. Hãy hỏi lại.",
    }


COMPASS: Final = {
    "en": ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"),
    "vi": ("bắc", "đông bắc", "đông", "đông nam", "nam", "tây nam", "tây", "tây bắc"),
}


def from_middle(metres: float, eighth: int, near: str | None) -> Words:
    """Where it lies, and beside what; eighth : of the compass, as `COMPASS` counts."""
    return {
        "en": (f"Near {near}, " if near else "")
        + f"{_far(metres)} {COMPASS['en'][eighth]} of the middle of the map.",
        "vi": (f"Gần {near}, cách" if near else "Cách")
        + f" trung tâm bản đồ {_xa(metres)} về phía {COMPASS['vi'][eighth]}.",
    }


def short_code(around: str) -> Words:
    return {"en": f"The nearest such code to {around}.", "vi": f"Mã gần {around} nhất."}


def _far(metres: float) -> str:
    return f"{metres / 1000:.1f} km" if metres >= 1000 else f"{metres:.0f} m"


def _xa(metres: float) -> str:
    return _far(metres).replace(".", ",")
