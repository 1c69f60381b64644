"""Names that sound right and belong to nobody: trees, trades, landings and good wishes."""

from numpy.random import Generator

from simulations.town.roads import Road

_PLACES = (
    "Bến",
    "Chợ",
    "Cầu",
    "Gò",
    "Xóm",
    "Vườn",
    "Đồng",
    "Bãi",
    "Cồn",
    "Giồng",
    "Hàng",
    "Lò",
    "Rạch",
    "Ao",
    "Đình",
)
_THINGS = (
    "Dừa", "Mai", "Trúc", "Tre", "Sen", "Lúa", "Muối", "Gạo", "Mận", "Bưởi", "Xoài", "Cau", "Trầu", "Chuối",
    "Gốm", "Lụa", "Chiếu", "Đăng", "Lưới", "Than", "Gạch", "Bông", "Đậu", "Mía", "Quế", "Me", "Ổi", "Sứ",
    "Mơ",
)  # fmt: skip
_WISHES = (
    "An",
    "Bình",
    "Hòa",
    "Phú",
    "Tân",
    "Long",
    "Thạnh",
    "Mỹ",
    "Vĩnh",
    "Phước",
    "Xuân",
    "Hưng",
    "Đông",
    "Thới",
)
_FULFILMENTS = (
    "Lộc", "Thuận", "Hưng", "Thịnh", "Phong", "Khánh", "Hòa", "Đức", "Quý", "Lợi", "Tường", "Nghĩa", "Hiệp",
    "Thành", "Điền", "Hội", "Lạc", "Nhơn", "Trạch", "Giang", "Thủy", "Sơn",
)  # fmt: skip
_FLOWERS = (
    "Hoa Sứ", "Bằng Lăng", "Phượng Vĩ", "Hoàng Yến", "Dã Quỳ", "Thiên Lý", "Mộc Lan", "Hải Đường", "Cúc Vàng",
    "Điên Điển", "Lục Bình", "Cò Trắng", "Chim Én", "Hải Âu", "Bồ Câu", "Sơn Ca", "Họa Mi", "Ban Mai",
    "Hoàng Hôn",
)  # fmt: skip


def street_names(chance: Generator) -> list[str]:
    """Some seven hundred different street names, in a shuffled order."""
    plain = [f"{place} {thing}" for place in _PLACES for thing in _THINGS]
    plain += [f"{wish} {end}" for wish in _WISHES for end in _FULFILMENTS if wish != end]
    names = [plain[i] for i in chance.random(len(plain)).argsort(kind="stable").tolist()]
    return ["Đường " + name for name in (*_FLOWERS, *names)]


def name_streets(roads: list[Road], chance: Generator, names: list[str]) -> None:
    """Give each street that has none a name; short ones get a number, as new quarters do."""
    number = 1
    for road in roads:
        if road.name:
            continue
        short = road.kind == "residential" and len(road.nodes) < 9
        if names and not (short and chance.random() < 0.55):
            road.name = names.pop(0)
        else:
            road.name = f"Đường số {number}"
            number = number % 60 + 1


def ward_names(chance: Generator, count: int) -> list[str]:
    """`count` different names of wards."""
    pairs = [f"{wish} {end}" for wish in _WISHES for end in _FULFILMENTS if wish != end]
    order = chance.random(len(pairs)).argsort(kind="stable").tolist()
    return [f"Phường {pairs[i]}" for i in order[:count]]
