"""The words of the report: Vietnamese first, as a 115 centre says it, then English."""

from typing import Final

from simulations.results.report.words import WORDS as OF_REPORTS

OWN: Final[dict[str, tuple[str, str]]] = {
    "title": ("Đối chiếu mô hình với thực tế: {city}", "The model beside what happened: {city}"),
    "not_real": (
        "Cột “mô phỏng” không phải số liệu thật. Cột “thực tế” lấy từ {source}.",
        "What is called simulated did not happen. What is called recorded is from {source}.",
    ),
    "the_log": ("nhật ký của trung tâm", "the centre's log"),
    "span": (
        "{calls} vụ, {days} ngày từ {begins}; mỗi vụ được mô phỏng {n} lần, đúng lúc gọi và đúng nơi "
        "đã xảy ra, còn lại theo mô hình.",
        "{calls} incidents in {days} days from {begins}; each is played {n} times, when and where it "
        "happened, all else by the model.",
    ),
    "may": ("Có thể kết luận gì", "What may be concluded"),
    "may_not": ("Không thể kết luận gì", "What may not be concluded"),
    "no_times": (
        "Dữ liệu chỉ cho biết lúc gọi và nơi xảy ra, nên không nói được gì về thời gian đáp ứng.",
        "The record tells only when and where calls came from: nothing can be said of response times.",
    ),
    "responses_hold": (
        "Thời gian đáp ứng: chưa thấy mô hình khác thực tế. Trung bình được so đến ±{half}; sai lệch "
        "nhỏ hơn mức đó thì chưa thấy được.",
        "Response times: no difference shown between model and record. The mean is compared to within "
        "±{half}; a smaller fault would not be seen.",
    ),
    "responses_off": (
        "Thời gian đáp ứng của mô hình khác thực tế: {figures}.",
        "The model's response times differ from the record: {figures}.",
    ),
    "mend": (
        "Chặng sai rõ rệt, sai nhiều nhất trước: {figures}. Sửa các chặng này trước.",
        "Stages that surely differ, the largest first: {figures}. Mend these first.",
    ),
    "no_minutes": (
        "Không dùng số phút và tỷ lệ đến trễ của mô hình này để hứa với ai; chênh lệch giữa các phương "
        "án chỉ là gợi ý cho đến khi sửa xong.",
        "Promise nobody minutes or late shares from this model; differences between rivals are hints "
        "until it is mended.",
    ),
    "busy_off": (
        "Nhưng thời gian một xe bận khác thực tế ({figures}), nên số xe rảnh trong mô hình sai: kết "
        "quả khi đông việc hơn chưa tin được.",
        "But how long a run keeps a unit differs ({figures}), so the model has another number of free "
        "units: do not rely on it under a heavier load.",
    ),
    "usable": (
        "Có thể dùng mô hình để so sánh các phương án cho những ngày như thế này, và nêu trung bình "
        "với sai số ±{half}.",
        "The model may be used to compare rivals on days like these, and means may be told to within "
        "±{half}.",
    ),
    "other_days": (
        "Chỉ kiểm tra {count} ngày này: ngày lễ, mùa dịch, số cuộc gọi lớn hơn hoặc một kế hoạch khác "
        "thì chưa được kiểm tra.",
        "Only these {count} days were looked at, not holidays, epidemics, a heavier load or another plan.",
    ),
    "not_looked_at": (
        "“Chưa thấy khác” không có nghĩa là giống nhau. Cuộc gọi nhỡ, giường bệnh và chuyển xe đón đầu "
        "không nằm trong đối chiếu này.",
        "“No difference shown” does not mean the same. Lost calls, beds and move-ups are no part of this.",
    ),
    "demand_off": (
        "Số cuộc gọi của mô hình không khớp những ngày này (xem dưới): đêm mô phỏng rút từ mô hình sẽ "
        "đông hoặc vắng hơn thực tế.",
        "The model's number of calls does not fit these days (see below): nights drawn from it are "
        "busier or quieter than they were.",
    ),
    "few_days": (
        "Chỉ có {count} ngày nên khoảng tin cậy tính theo giờ, có thể hẹp hơn thực tế; nên có ít nhất "
        "10 ngày.",
        "With {count} days only, the intervals go by hours and may be too short; ten days are better.",
    ),
    "unreached": (
        "{count} vụ không có xe nào đến hiện trường (đã hủy hoặc chưa ai đi) không được tính; chúng "
        "cũng đã giữ xe mà mô phỏng không thấy.",
        "{count} incidents that no unit reached (stood down, or never served) are left out; units they "
        "kept busy are free in the simulation.",
    ),
    "left_merged": (
        "{count} vụ trùng đã gộp vào vụ khác nên không tính riêng.",
        "{count} incidents were merged into others and are not counted by themselves.",
    ),
    "left_without_run": (
        "{count} vụ đã đóng mà không điều xe (tin giả, chỉ cần tư vấn) không được tính.",
        "{count} incidents that were closed with nobody sent (hoaxes, advice) are left out.",
    ),
    "left_turned_back": (
        "{count} vụ có xe quay về trước khi tới nơi không được tính; trong mô phỏng, các xe này rảnh.",
        "{count} incidents whose crews were turned back before they came are left out; in the simulation "
        "these units are free.",
    ),
    "left_transfer": (
        "{count} ca chuyển viện không được tính; trong mô phỏng, các xe này rảnh.",
        "{count} transfers between hospitals are left out; in the simulation their units are free.",
    ),
    "several": (
        "{count} vụ có hơn một xe đến; mô phỏng chỉ cử một xe và so với xe đến trước.",
        "{count} incidents were reached by more than one unit; the simulation sends one, and is "
        "compared with the first.",
    ),
    "duty_known": (
        "Giờ trực của từng xe là giờ trực đã ghi.",
        "Units are on duty when the record says they were.",
    ),
    "duty_unknown": (
        "Dữ liệu không cho biết xe nào trực lúc nào; ca trực là của mô hình.",
        "The record does not tell who was on duty when; shifts are the model's.",
    ),
    "strangers": (
        "{count} xe trong dữ liệu không có trong mô hình nên không được mô phỏng.",
        "{count} units of the record are not in the model, and not in the simulation.",
    ),
    "not_recorded": (
        "Chặng nào không được ghi thì không có trong bảng.",
        "What was not recorded is not in the table.",
    ),
    "figures_note": (
        "Trong ngoặc vuông: thực tế, khoảng tin cậy 95%; mô phỏng, khoảng mà 19 trong 20 đợt như thế "
        "sẽ rơi vào theo mô hình; chênh lệch, khoảng tin cậy 95% tính trên cùng các vụ. “Khác” là khác "
        "kể cả khi xét đồng thời mọi chỉ số (Holm).",
        "In brackets: recorded, 95% interval; simulated, where 19 in 20 such stretches lie by the "
        "model; difference, 95% interval on the same incidents. What is said to differ does so beside "
        "all the others (Holm).",
    ),
    "recorded": ("Thực tế", "Recorded"),
    "simulated": ("Mô phỏng", "Simulated"),
    "apart": ("Mô phỏng trừ thực tế", "Simulated less recorded"),
    "calls_of": ("Số vụ", "Incidents"),
    "verdict": ("Kết luận", "So"),
    "longer": ("mô hình dài hơn", "model is longer"),
    "shorter": ("mô hình ngắn hơn", "model is shorter"),
    "more": ("mô hình cao hơn", "model is higher"),
    "fewer": ("mô hình thấp hơn", "model is lower"),
    "response": ("Đáp ứng (gọi → đến)", "Response (ring → on scene)"),
    "to_order": ("Gọi → cử xe", "Ring → unit sent"),
    "turnout": ("Xuất phát", "Turnout"),
    "travel": ("Chạy đến hiện trường", "Drive to the scene"),
    "scene": ("Tại hiện trường", "On scene"),
    "to_hospital": ("Chạy đến bệnh viện", "Drive to hospital"),
    "handover": ("Bàn giao", "Handover"),
    "clear": ("Sau bàn giao", "Clearing"),
    "occupied": ("Xe bận (cử → rảnh)", "Unit occupied (sent → clear)"),
    "transported": ("Đưa đến bệnh viện", "Taken to hospital"),
    "mean": ("trung bình", "mean"),
    "median": ("trung vị", "median"),
    "p90": ("90%", "90%"),
    "share": ("tỷ lệ", "share"),
    "curve": ("Bao nhiêu vụ đã có xe đến", "How many have been reached"),
    "curve_note": ("Dải màu: 8 trong 10 lần mô phỏng.", "Band: eight in ten replications."),
    "hours": ("Đáp ứng trung bình theo giờ trong ngày", "Mean response by hour of the day"),
    "minutes": ("phút", "minutes"),
    "hour": ("giờ", "hour"),
    "groups_note": (
        "Chỉ giờ hoặc phường có ít nhất {n} vụ. {sure} trong {of} khác rõ rệt; thấy ở chưa đến {parts} "
        "ngày hoặc giờ thì không kết luận.",
        "Only hours and wards with {n} incidents at least. {sure} of {of} surely differ; what was seen "
        "on fewer than {parts} days or hours is not judged.",
    ),
    "stages": ("Chênh lệch từng chặng", "Differences stage by stage"),
    "stages_note": (
        "Mô phỏng trừ thực tế, phút; vòng rỗng: chưa thấy khác.",
        "Simulated less recorded, minutes; hollow: no difference shown.",
    ),
    "by_priority": ("Theo mức ưu tiên", "By priority"),
    "by_ward": ("Theo phường", "By ward"),
    "ward_maps": ("Tỷ lệ đến trễ theo nơi", "Late share by place"),
    "demand": ("Số vụ theo giờ trong ngày", "Incidents by hour of the day"),
    "demand_note": (
        "Thực tế {total}; theo mô hình {mean} (19 trong 20 đợt: {least} đến {most}). {inside} trong 24 "
        "giờ nằm trong dải.",
        "Recorded {total}; by the model {mean} (19 in 20 such stretches: {least} to {most}). {inside} "
        "of 24 hours lie within the band.",
    ),
    "incidents_axis": ("vụ", "incidents"),
    "how": ("Cách làm", "How it was done"),
    "model": ("Mô hình", "Model"),
    "source": ("Nguồn", "Source"),
    "policy": ("Cử xe theo", "Units are sent by"),
    "seed": ("Hạt giống", "Seed"),
    "map_version": ("Bản đồ", "Map"),
    "intervals": ("Khoảng tin cậy", "Intervals"),
    "intervals_days": (
        "lấy lại mẫu {n} lần theo ngày, cả hai bên cùng lúc (Liu và Singh 1992)",
        "whole days drawn again {n} times, both sides together (Liu and Singh 1992)",
    ),
    "intervals_hours": (
        "lấy lại mẫu {n} lần theo giờ, cả hai bên cùng lúc (Liu và Singh 1992)",
        "whole hours drawn again {n} times, both sides together (Liu and Singh 1992)",
    ),
    "shifts": ("Ca trực", "Shifts"),
    "to": ("đến", "to"),
}
WORDS: Final = {**OF_REPORTS, **OWN}
