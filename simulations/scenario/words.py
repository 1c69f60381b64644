"""The words of the report, Vietnamese first."""

from collections.abc import Mapping
from typing import Final

Both = Mapping[str, str]


def both(vi: str, en: str) -> Both:
    return {"vi": vi, "en": en}


FIGURE_WORDS: Final[Mapping[str, Both]] = {
    "calls": both("Cuộc gọi mỗi ngày", "Calls a day"),
    "busy_tone": both("Gặp máy bận", "Heard the busy tone"),
    "hung_up": both("Bỏ máy trước khi được nghe", "Hung up before an answer"),
    "answered": both("Được nghe máy", "Answered"),
    "emergencies_lost": both(
        "Ca cấp cứu không gọi được, mỗi ngày", "Emergencies that never got through, a day"
    ),
    "incidents": both("Ca cấp cứu được tiếp nhận mỗi ngày", "Emergencies taken a day"),
    "late": both("Trễ hạn, mọi mức ưu tiên", "Late, all priorities"),
    "late_P1": both("Trễ hạn, P1", "Late, P1"),
    "late_elsewhere": both("Trễ hạn, những người không ở hiện trường đó", "Late, everybody else"),
    "median_s": both("Thời gian đáp ứng, trung vị", "Response, median"),
    "p90_s": both("Thời gian đáp ứng, 9 trên 10 ca trong vòng", "Response, 9 in 10 within"),
    "waited": both("Phải chờ vì hết xe", "Waited because no unit was free"),
    "unserved": both("Không có xe nào đến được", "Reached by nobody"),
    "busy": both("Xe bận, phần thời gian trực", "Units on runs, share of time on duty"),
    "km": both("Quãng đường mỗi ngày", "Driven a day"),
    "late_as_shown": both(
        "Trễ hạn nếu chỉ đếm ca có trên máy, chưa nhập bù ca ghi giấy",
        "Late, had only cases on the screens been counted and none from paper entered",
    ),
}
SHARES: Final = (
    "busy_tone", "hung_up", "answered", "late", "late_P1", "late_elsewhere", "waited", "unserved", "busy",
    "late_as_shown",
)  # fmt: skip
TIMES: Final = ("median_s", "p90_s")
LESS_IS_BETTER: Final = ("late", "late_P1", "busy_tone", "hung_up", "p90_s", "waited")

WORDS: Final[Mapping[str, Both]] = {
    "banner": both("MÔ PHỎNG: không có gì ở đây là thật", "SIMULATION: nothing here is real"),
    "answer": both("Câu trả lời", "The answer"),
    "table": both("Các con số", "The figures"),
    "days": both("Diễn biến từng giờ", "Hour by hour"),
    "changes": both("Kịch bản thay đổi những gì", "What the scenario changes"),
    "stands": both("Dựa trên giả định nào", "What it stands on"),
    "figure": both("Con số", "Figure"),
    "against": both("so với", "against"),
    "less": both("giảm", "less by"),
    "more": both("tăng", "more by"),
    "between": both("chênh {low} đến {high}", "differs by {low} to {high}"),
    "same": both("không thấy khác biệt", "no difference shown"),
    "equal": both("như nhau", "the same"),
    "interval": both(
        "Chênh lệch ghi bằng khoảng tin cậy 95 %. Sau dấu ± là nửa khoảng tin cậy của trung bình qua "
        "{count} lần chạy. Các phương án gặp cùng những cuộc gọi như nhau. Ca cấp cứu không ai nghe máy "
        "tính là trễ hạn.",
        "Differences are told as 95 % intervals. After ± stands half the interval of the mean over {count} "
        "replications. All courses meet the same calls. An emergency that nobody answered counts as late.",
    ),
    "calls_chart": both(
        "Cuộc gọi mỗi giờ, và số không được nghe máy", "Calls an hour, and those never answered"
    ),
    "lost_chart": both("Phần cuộc gọi bị mất", "Share of calls lost"),
    "late_chart": both("Phần ca trễ hạn", "Share of emergencies late"),
    "waiting_chart": both("Ca đang chờ xe", "Emergencies waiting for a unit"),
    "busy_chart": both("Xe đang chạy", "Units on runs"),
    "map_chart": both("Trễ hạn theo nơi gọi", "Late by where people call from"),
    "day": both("ngày", "day"),
    "seed": both("Hạt giống", "Seed"),
    "replications": both("Số lần chạy", "Replications"),
    "model": both("Mô hình", "Model"),
    "map": both("Bản đồ", "Map"),
    "units": both("Số xe", "Units"),
    "lines": both("Đường dây", "Lines"),
    "takers": both("Người nghe máy", "Call takers"),
    "talk": both("Mỗi cuộc gọi giữ đường dây trung bình", "A call keeps a line, on the average"),
    "osm": both(
        "Đường sá và nơi chốn: © những người đóng góp OpenStreetMap, giấy phép ODbL.",
        "Roads and places: © OpenStreetMap contributors, ODbL.",
    ),
    "drawn": both("Đường sá: thị xã vẽ bằng máy, không có thật.", "Roads: a drawn town that exists nowhere."),
    "all_alike": both("mọi phương án như nhau", "all courses alike"),
    "all_courses": both("mọi phương án", "all courses"),
    "from": both("từ", "from"),
    "until": both("đến", "until"),
}
