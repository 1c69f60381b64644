"""The words of the page of a plan: Vietnamese first, then English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "language": ("Tiếng Việt", "English"),
    "simulation": ("MÔ PHỎNG", "SIMULATION"),
    "not_real": (
        "Con số ở đây từ mô hình và mô phỏng, không phải từ ca trực thật.",
        "The figures here are of models and simulated nights, not of real shifts.",
    ),
    "title": ("Đặt thêm {count} trạm cấp cứu ở đâu?", "Where should the next {count} stations go?"),
    "of_city": (
        "{city}: {stands} trạm đang có, thêm {count}.",
        "{city}: {stands} stations stand, {count} more.",
    ),
    "in_short": ("Tóm tắt", "In short"),
    "short_formula": (
        "Nếu trạm nào cũng luôn có xe rảnh: {before}% nhu cầu có xe đến trong {minutes}, thành {after}% "
        "khi có thêm các trạm này.",
        "If a crew were always free at every station: {before}% of the demand is reached within "
        "{minutes}, and {after}% with the new stations.",
    ),
    "short_nights": (
        "Trong {nights} đêm mô phỏng: {late} cuộc đến trễ, đáp ứng trung bình {mean} (khoảng tin cậy 95%).",
        "In {nights} simulated nights: {late} late calls, {mean} in mean response (95% intervals).",
    ),
    "short_sure": (
        "Khi nhu cầu và thời gian chạy xe sai lệch ngẫu nhiên, {sure} trong {count} nơi được chọn lại "
        "trong hơn nửa số lần.",
        "With demand and drives a chance amount off, {sure} of the {count} places are chosen again more "
        "often than not.",
    ),
    "points_less": ("giảm {least} đến {most} điểm %", "{least} to {most} points fewer"),
    "points_more": ("tăng {least} đến {most} điểm %", "{least} to {most} points more"),
    "seconds_less": ("nhanh hơn {least} đến {most} giây", "{least} to {most} s less"),
    "seconds_more": ("chậm hơn {least} đến {most} giây", "{least} to {most} s more"),
    "no_difference": ("chưa thấy khác biệt về số", "no difference shown in"),
    "none_shown": ("chưa thấy khác biệt", "no difference shown"),
    "map": ("Bản đồ", "Map"),
    "map_note": (
        "Vòng tròn số: trạm mới, xếp theo mức chắc chắn. Vuông xanh: trạm đang có. Chấm xám: nơi có cuộc "
        "gọi, to hơn là nhiều hơn. Vòng cam nhạt: nơi cũng được chọn khi hỏi lại, to hơn là thường hơn.",
        "Numbered circles: new stations, the surest first. Blue squares: stations that stand. Grey dots: "
        "where calls come from, larger for more. Pale orange rings: also chosen when asked again, larger "
        "for more often.",
    ),
    "map_stands": ("trạm đang có", "stands"),
    "map_new": ("trạm mới", "new"),
    "map_other": ("cũng được chọn", "also chosen"),
    "map_calls": ("nơi có cuộc gọi", "calls come from here"),
    "km": ("km", "km"),
    "places": ("Các nơi được chọn", "The places"),
    "places_note": (
        "Hỏi lại {times} lần, mỗi lần nhu cầu từng nơi lệch ngẫu nhiên (loga chuẩn 0,5) và mọi thời gian "
        "chạy xe lệch chung (0,15). “Chọn lại”: trạm đó, hoặc trạm cách nó dưới bốn phút, được mở lại "
        "bao nhiêu lần.",
        "Asked {times} times again, each time with the demand of every place off by chance (lognormal, "
        "0.5) and all drives together (0.15). “Again”: how often that site, or one within four minutes "
        "of it, was opened again.",
    ),
    "worlds": (
        "Trong các lần hỏi lại, các nơi này phủ {least}% đến {most}%, tức kém phương án tốt nhất của mỗi "
        "lần nhiều nhất {lost} điểm %.",
        "Over these, the places covered {least}% to {most}%, at most {lost} points less than the best "
        "ones of each time.",
    ),
    "number": ("Số", "No."),
    "ward": ("Phường, xã", "Ward"),
    "place": ("Vị trí", "Place"),
    "again": ("Chọn lại", "Again"),
    "sure": ("chắc", "sure"),
    "likely": ("khá chắc", "likely"),
    "one_of_several": ("một trong nhiều nơi", "one of several"),
    "judgement": ("Nhận xét", "Judgement"),
    "formulas": ("Theo công thức", "By the formulas"),
    "formulas_note": (
        "Trạm nào cũng luôn có xe rảnh; giới hạn {minutes} gồm chuyển bánh và chạy xe; {pace}.",
        "A free crew at every station; the limit of {minutes} holds turnout and drive; {pace}.",
    ),
    "pace_hours": (
        "thời gian chạy xe theo giờ, gấp {least} đến {most} lần đường vắng",
        "drives by the hour, {least} to {most} times those on empty streets",
    ),
    "pace_none": ("đường vắng", "empty streets"),
    "choice": ("Phương án", "Choice"),
    "covered": ("Nhu cầu được phủ", "Demand covered"),
    "mean": ("Trung bình", "Mean"),
    "bound": ("Chứng minh", "Proof"),
    "proved": ("tốt nhất, đã chứng minh", "proven best"),
    "bounded": (
        "tốt nhất tìm được; không phương án nào vượt {bound}",
        "best found; no choice exceeds {bound}",
    ),
    "now": ("như hiện nay", "as it stands"),
    "mclp": ("{count} trạm theo MCLP (phủ nhiều nhất)", "{count} more by MCLP (most covered)"),
    "p-median": ("{count} trạm theo p-median (đường ngắn nhất)", "{count} more by p-median (shortest ways)"),
    "nights": ("Theo mô phỏng", "By simulation"),
    "nights_note": (
        "{nights} đêm không dùng để tìm phương án; mọi phương án nhận đúng các cuộc gọi như nhau. Trễ là "
        "sau chỉ tiêu của mức ưu tiên, tính từ lúc chuông reo. Trong ngoặc: khoảng tin cậy 95%; hai cột "
        "cuối so từng đêm với hiện nay.",
        "{nights} nights that nobody searched on; all meet the same calls. Late is after the target of "
        "the priority, from the ring. In brackets: 95% intervals; the last two columns compare night by "
        "night with today.",
    ),
    "rival": ("Phương án", "Rival"),
    "vans": ("Xe", "Vans"),
    "late": ("Đến trễ", "Late"),
    "mean_s": ("Đáp ứng trung bình", "Mean response"),
    "late_against": ("Trễ so với nay", "Late, against today"),
    "mean_against": ("Đáp ứng so với nay", "Response, against today"),
    "formula": ("thêm các trạm này", "with the new stations"),
    "search": ("sau khi chuyển xe (tìm cục bộ)", "after local search (vans moved)"),
    "search_note": (
        "Đã thử {tried} cách xếp xe, giữ {kept} lần chuyển. Riêng bước này: {told}.",
        "{tried} placings were tried, {kept} moves kept. That step alone: {told}.",
    ),
    "stands_on": ("Dựa trên gì", "What this stands on"),
    "left_out": ("Không có trên bản đồ nên bỏ qua: {names}.", "Not on the map, so left out: {names}."),
    "unreached": (
        "{share}% nhu cầu nằm ngoài bản đồ hoặc không có đường đến.",
        "{share}% of the demand is off the map or without a road to it.",
    ),
    "osm": (
        "Dữ liệu bản đồ © những người đóng góp cho OpenStreetMap, ODbL.",
        "Map data © OpenStreetMap contributors, ODbL.",
    ),
    "drawn": ("Thị xã tưởng tượng, không phải bản đồ thật.", "A drawn town, no real map."),
}
"""By key; `{parts}` are filled in."""
