"""A change in a sentence, in both languages."""

from collections.abc import Mapping
from types import MappingProxyType

from simulations.scenario.both import Both, both
from simulations.scenario.moments import Spell, say_moment
from simulations.scenario.scenario import (
    Calls,
    Casualties,
    Change,
    Handover,
    HospitalOpened,
    HospitalsLost,
    Isolation,
    Lines,
    Paper,
    Roads,
    Talk,
    Travel,
    UnitsAdded,
    UnitsAway,
)


def say_change(change: Change, names: Mapping[str, str] = MappingProxyType({})) -> Both:
    """names : of hospitals, by their ids"""
    match change:
        case Calls(curve=curve, inside=inside):
            high = max(curve, key=lambda point: abs(point[1] - 1))[1]
            where = both(" ở một vùng", " in an area") if inside else both("", "")
            return both(
                f"Cuộc gọi{where['vi']}: có lúc bằng {_times(high, 'vi')} ngày thường",
                f"Calls{where['en']}: up to {_times(high, 'en')} the ordinary",
            )
        case Casualties(priorities=priorities, callers=callers, at_s=at_s):
            count = sum(priorities.values())
            return both(
                f"{count} người bị nạn cùng một chỗ lúc {_moment(at_s, 'vi')}; {callers} người gọi báo",
                f"{count} people hurt at one place at {_moment(at_s, 'en')}; {callers} callers tell of it",
            )
        case UnitsAdded(count=count, called=called):
            return both(
                f"Thêm {count} xe ({called}1 đến {called}{count})",
                f"{count} vehicles more ({called}1 to {called}{count})",
            )
        case UnitsAway(callsigns=callsigns, share=share):
            said = ", ".join(callsigns)
            return both(
                f"Thiếu xe: {said or f'{share:.0%}'.replace('%', ' % đội xe')}",
                f"Away: {said or f'{share:.0%}'.replace('%', ' % of the fleet')}",
            )
        case Lines(lines=lines, takers=takers):
            return both(
                f"{lines} đường dây, {takers} điện thoại viên", f"{lines} lines, {takers} call takers"
            )
        case Talk(factor=factor):
            return both(
                f"Mỗi cuộc gọi kéo dài bằng {_times(factor, 'vi')}",
                f"Calls take {_times(factor, 'en')} as long",
            )
        case HospitalsLost(hospitals=hospitals):
            said = ", ".join(names.get(each, each) for each in hospitals)
            return both(f"Bệnh viện ngừng nhận: {said}", f"Hospitals lost: {said}")
        case HospitalOpened(name=name, beds=beds):
            count = sum(beds.values())
            return both(f"Mở {name}, {count} giường", f"{name} opens, {count} beds")
        case Isolation(share=share, stay_factor=stay_factor):
            return both(
                f"{_percent(share)} người bệnh cần giường cách ly; mỗi người giữ giường lâu bằng "
                f"{_times(stay_factor, 'vi')}",
                f"{_percent(share)} of the patients need an isolation bed, each for "
                f"{_times(stay_factor, 'en')} as long",
            )
        case Handover(factor=factor):
            return both(
                f"Bàn giao bệnh nhân lâu bằng {_times(factor, 'vi')}",
                f"Handovers take {_times(factor, 'en')} as long",
            )
        case Roads(share=0.0):
            return both("Đường trong một vùng bị cấm", "Roads of an area closed")
        case Roads(share=share):
            return both(
                f"Đường trong một vùng chỉ chạy được {_percent(share)} tốc độ",
                f"Roads of an area at {_percent(share)} of their speed",
            )
        case Travel(factor=factor):
            return both(
                f"Mọi chuyến đi lâu bằng {_times(factor, 'vi')}",
                f"Every drive takes {_times(factor, 'en')} as long",
            )
        case Paper(longer_s=longer_s):
            return both(
                f"Mất hệ thống điều phối, làm trên giấy: mỗi quyết định chậm thêm {longer_s:.0f} giây, chọn "
                "xe gần nhất theo đường chim bay",
                f"The dispatch system is lost and work goes on paper: each decision takes {longer_s:.0f} s "
                "longer, and the unit nearest as the crow flies is sent",
            )
    raise TypeError(f"There are no words for {change}.")


def say_spells(spells: tuple[Spell, ...], lasts_s: float) -> Both:
    """When it holds; nothing where it always does."""
    if spells == ((0.0, lasts_s),):
        return both("suốt kịch bản", "all the time")
    some = [
        both(
            f"{_moment(begin, 'vi')} đến {_moment(end, 'vi')}",
            f"{_moment(begin, 'en')} to {_moment(end, 'en')}",
        )
        for begin, end in spells[:3]
    ]
    more = len(spells) - len(some)
    return {
        language: "; ".join(each[language] for each in some)
        + ((f" và {more} lần nữa" if language == "vi" else f" and {more} times more") if more else "")
        for language in ("vi", "en")
    }


def _moment(at_s: float, language: str) -> str:
    said = say_moment(at_s)
    return said.replace("day", "ngày") if language == "vi" else said


def _times(factor: float, language: str) -> str:
    said = f"{factor:.3g}"
    return f"{said.replace('.', ',')} lần" if language == "vi" else f"{said} times"


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
