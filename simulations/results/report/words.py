"""The words of the report: Vietnamese first, as a 115 centre says it, then English."""

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "language": ("Tiếng Việt", "English"),
    "simulation": ("MÔ PHỎNG", "SIMULATION"),
    "not_real": (
        "Không phải số liệu thật của ca trực nào. Không lệnh nào từ đây đến được kíp xe.",
        "No figure here is of a real shift. No order leaves this page.",
    ),
    "city": ("Thành phố", "City"),
    "in_short": ("Tóm tắt", "In short"),
    "one_day": (
        "Chỉ chạy một lần: không nói được khác biệt nào là chắc.",
        "Played once only: no difference can be called sure.",
    ),
    "alone": ("Chỉ có một phương án, không có gì để so sánh.", "One rival only: nothing to compare."),
    "against": (
        "So với “{first}”, {on} (trong ngoặc: khoảng tin cậy 95%):",
        "Against “{first}”, {on} (in brackets: 95% interval):",
    ),
    "holm": (
        "Mỗi khoảng tin cậy là của riêng một phép so sánh. Một khác biệt chỉ được nêu khi còn vững sau "
        "khi hiệu chỉnh cho mọi phép so sánh của bảng (Holm); vì vậy có khoảng không chứa 0 mà vẫn ghi "
        "“chưa thấy khác biệt”.",
        "Each interval is of one comparison alone. A difference is told only where it holds once all "
        "comparisons of the table are counted (Holm's correction); so an interval may lie clear of 0 and "
        "still read “no difference shown”.",
    ),
    "no_difference": ("chưa thấy khác biệt", "no difference shown"),
    "differs": ("{change} ({low} đến {high})", "{change} ({low} to {high})"),
    "nothing_shown": (
        "“{rival}”: chưa thấy khác biệt ở chỉ số nào.",
        "“{rival}”: no difference shown in any figure.",
    ),
    "figures": ("Các chỉ số", "Figures"),
    "figures_note": (
        "Trung bình của {n} lần chạy, ± nửa khoảng tin cậy 95% (Student). {met}",
        "Means of {n} replications, ± half of the 95% interval (Student). {met}",
    ),
    "met_calls": ("Mọi phương án gặp đúng những cuộc gọi như nhau.", "All rivals meet the same calls."),
    "met_chance": (
        "Mọi phương án dùng cùng nguồn ngẫu nhiên; cuộc gọi chỉ khác ở chỗ kịch bản thay đổi.",
        "All rivals draw on the same chance; their calls differ only where the scenario changes them.",
    ),
    "on_calls": ("trên cùng các cuộc gọi", "on the same calls"),
    "on_chance": ("với cùng nguồn ngẫu nhiên", "with the same chance"),
    "figure": ("Chỉ số", "Figure"),
    "rival": ("Phương án", "Rival"),
    "calls": ("Vụ mỗi ngày", "Incidents a day"),
    "late": ("Đến trễ", "Late"),
    "late_P1": ("P1 đến trễ", "P1 late"),
    "late_P2": ("P2 đến trễ", "P2 late"),
    "late_P3": ("P3 đến trễ", "P3 late"),
    "late_P4": ("P4 đến trễ", "P4 late"),
    "late_or_lost": ("Đến trễ hoặc không gọi được", "Late or never got through"),
    "late_or_lost_P1": ("P1 đến trễ hoặc không gọi được", "P1 late or never got through"),
    "late_or_lost_P2": ("P2 đến trễ hoặc không gọi được", "P2 late or never got through"),
    "late_or_lost_P3": ("P3 đến trễ hoặc không gọi được", "P3 late or never got through"),
    "late_or_lost_P4": ("P4 đến trễ hoặc không gọi được", "P4 late or never got through"),
    "unlike_note": (
        "Dấu * là chỉ số không so sánh: có phương án mất những cuộc gọi khác hoặc gặp những ca khác, "
        "nên mỗi bên tính trên những người bệnh khác nhau. Hãy xem các dòng “… hoặc không gọi được” không "
        "có dấu *.",
        "Figures with * are not compared: some rivals lose other calls or meet other emergencies, so "
        "they are told of other patients under each. Go by the lines “… or never got through” without *.",
    ),
    "unlike_short": (
        "Không so sánh các chỉ số có dấu * (không cùng người bệnh).",
        "Figures with * are not compared (other patients).",
    ),
    "late_elsewhere_P1": (
        "P1 đến trễ hoặc không gọi được, những người ở nơi khác",
        "P1 late or never got through, everybody elsewhere",
    ),
    "late_elsewhere": (
        "Đến trễ hoặc không gọi được, những người ở nơi khác",
        "Late or never got through, everybody elsewhere",
    ),
    "late_as_shown": (
        "Đến trễ theo số trên máy, chưa nhập bù ca ghi giấy",
        "Late by the screens alone, cases on paper not entered",
    ),
    "lost_busiest": ("Cuộc gọi nhỡ, ngày đông nhất", "Calls lost, busiest day"),
    "no_bed": ("Đưa đến nơi đã hết giường", "Brought where no bed was free"),
    "busiest_day": (
        "Cuộc gọi không được nghe máy trong ngày đông nhất: {told}.",
        "Calls that nobody answered on the busiest day: {told}.",
    ),
    "nearest_told": (
        "Khi đường bị ngập hoặc bị cấm, {count} trong {of} nơi gọi có xe gần nhất thuộc trạm khác so với "
        "ngày thường{cut_off} (tính khi mọi xe đang ở trạm).",
        "While roads are closed or slow, for {count} of {of} places the nearest unit is another "
        "station's than on ordinary roads{cut_off} (were all units at their stations).",
    ),
    "cut_off": (", {count} nơi không xe nào đến được", "; {count} places are reached by nobody"),
    "changes": ("Kịch bản thay đổi những gì", "What the scenario changes"),
    "all_rivals": ("mọi phương án", "all rivals"),
    "rang_by_hour": ("Cuộc gọi mỗi giờ", "Calls an hour"),
    "lost_by_hour": ("Cuộc gọi không được nghe máy, mỗi giờ", "Calls an hour that nobody answered"),
    "calls_axis": ("cuộc gọi", "calls"),
    "mean_s": ("Thời gian đáp ứng, trung bình", "Response, mean"),
    "median_s": ("Thời gian đáp ứng, trung vị", "Response, median"),
    "p90_s": ("Thời gian đáp ứng, 90 % trong vòng", "Response, 90 % within"),
    "waited": ("Phải chờ vì hết xe", "Waited because no unit was free"),
    "unserved": ("Không xe nào đến", "Reached by nobody"),
    "busy": ("Xe bận", "Units busy"),
    "km": ("Km chạy mỗi ngày", "Km driven a day"),
    "km_homeward": ("Km về trạm", "Km homeward"),
    "points": ("{value} điểm %", "{value} points"),
    "seconds": ("{value} giây", "{value} s"),
    "km_of": ("{value} km", "{value} km"),
    "differences": ("Khác biệt so với “{first}”", "Differences from “{first}”"),
    "differences_pairs": ("Khác biệt từng cặp", "Differences, pair by pair"),
    "differences_note": (
        "Chấm là chênh lệch trung bình {on}, vạch là khoảng tin cậy 95%. Vòng rỗng: chưa thấy khác biệt "
        "sau khi hiệu chỉnh cho mọi phép so sánh (Holm), kể cả khi vạch không chạm 0.",
        "The dot is the mean difference {on}, the bar its 95% interval. Hollow: no difference shown once "
        "all comparisons are counted (Holm's correction), even where the bar stays clear of 0.",
    ),
    "responses": ("Thời gian đáp ứng", "Response times"),
    "responses_note": (
        "Từ lúc chuông reo đến lúc kíp đầu tiên tới hiện trường: bao nhiêu phần trăm số vụ có xe trong "
        "từng ấy phút. {never}",
        "From the ring to the first crew on scene: to what share of the incidents somebody had come "
        "within so many minutes. {never}",
    ),
    "all_came": ("Vụ nào cũng có xe đến.", "Somebody came to every incident."),
    "never_came": ("Không có xe đến: {told}.", "Nobody came: {told}."),
    "minutes_axis": ("phút từ lúc chuông reo", "minutes from the ring"),
    "share_axis": ("% số vụ", "% of incidents"),
    "by_priority": ("Đến trễ theo mức ưu tiên", "Late by priority"),
    "by_priority_note": (
        "Trễ là sau chỉ tiêu của mức ưu tiên: {targets}. Không có xe đến cũng là trễ.",
        "Late is after the target of the priority: {targets}. Nobody coming is late, too.",
    ),
    "map": ("Đến trễ theo nơi xảy ra", "Late by place"),
    "by_ward": ("Mỗi vùng là một phường, xã.{circles}", "Each area is a ward.{circles}"),
    "circles": (
        " Hình tròn là phường, xã chỉ biết tâm và diện tích.",
        " Circles are wards of which only the middle and the size are known.",
    ),
    "by_square": (
        "Bản đồ không có phường: mỗi ô vuông là một khu vực.",
        "The map knows no wards: squares instead.",
    ),
    "few_calls": ("dưới {n} vụ", "under {n} incidents"),
    "worst": ("Nơi trễ nhiều nhất", "Where most are late"),
    "places_changed": ("Nơi đến trễ thay đổi rõ", "Where lateness surely changes"),
    "places_note": (
        "So trên cùng các cuộc gọi, từng lần chạy một; chỉ nêu nơi còn vững sau khi hiệu chỉnh cho mọi "
        "nơi và mọi cặp (Holm): {shown} trong {of} nơi, thay đổi nhiều nhất trước. Trong ngoặc: "
        "khoảng tin cậy 95%.",
        "On the same calls, replication by replication; told only where it holds once all places and pairs "
        "are counted (Holm): {shown} of {of}, the largest change first. In brackets: 95% interval.",
    ),
    "no_place": (
        "Chưa thấy nơi nào đến trễ khác đi (so từng lần chạy, hiệu chỉnh Holm cho mọi nơi).",
        "No place shown: nowhere lateness surely differs (replication by replication, Holm over all places).",
    ),
    "places_unlike": (
        "Không so theo nơi: {pairs}. Mỗi bên nghe máy những người khác nhau.",
        "Not compared by place: {pairs}. Other people are heard under each.",
    ),
    "compared_with": ("So với", "Compared with"),
    "late_more": ("Số vụ trễ thêm mỗi ngày", "Late calls more a day"),
    "to": ("đến", "to"),
    "worst_note": (
        "Trong ngoặc: khoảng tin cậy 95% theo số đã đếm (Wilson). Ít vụ thì khoảng rộng.",
        "In brackets: 95% interval by the count alone (Wilson). Few incidents leave it wide.",
    ),
    "place": ("Nơi", "Place"),
    "units": ("Xe bận theo giờ", "Units busy, hour by hour"),
    "units_note": (
        "Phần trăm đội xe đang làm nhiệm vụ, trung bình mọi lần chạy; dải mờ chứa 8 trong 10 lần chạy.",
        "Share of the fleet that is on runs, mean of all replications; 8 in 10 replications lie in the band.",
    ),
    "busy_axis": ("% xe bận", "% busy"),
    "hour_axis": ("giờ", "hour of the day"),
    "queue": ("Vụ chờ xe", "Incidents waiting for a unit"),
    "queue_note": (
        "Số vụ đang chờ, trung bình từng giờ; dải mờ chứa 8 trong 10 lần chạy.",
        "How many wait, on the average of each hour; 8 in 10 replications lie in the band.",
    ),
    "queue_empty": (
        "Không vụ nào phải chờ xe ở bất kỳ lần chạy nào.",
        "No incident had to wait for a unit in any replication.",
    ),
    "queue_never": (
        "Không kể những vụ không bao giờ có xe đến: số đó nằm ở “Không xe nào đến”.",
        "Without those to whom nobody ever came: they are told as “Reached by nobody”.",
    ),
    "queue_axis": ("vụ", "incidents"),
    "hospitals": ("Bệnh viện", "Hospitals"),
    "hospitals_note": (
        "Bệnh nhân xe cấp cứu đưa đến mỗi ngày, và thời gian xe đứng chờ bàn giao: mỗi phương án một bảng; "
        "phương án nào hoàn toàn như nhau thì chung một bảng.",
        "Patients brought by ambulance a day, and how long units stood at the door: a table for each rival, "
        "one for those under whom nothing differs.",
    ),
    "beds_note": (
        "Giường do bệnh nhân xe cấp cứu đưa đến đang nằm, mọi bệnh viện cộng lại, trung bình từng giờ; "
        "dải mờ chứa 8 trong 10 lần chạy.",
        "Beds taken by those who came by ambulance, all hospitals together, on the average of each hour; "
        "8 in 10 replications lie in the band.",
    ),
    "beds_by_hour": ("Giường đang dùng theo giờ", "Beds taken, hour by hour"),
    "beds_axis": ("giường", "beds"),
    "arrivals": ("Bệnh nhân/ngày", "Patients a day"),
    "door": ("Giờ xe chờ/ngày", "Unit hours at the door a day"),
    "busiest": ("Giờ đông nhất", "Busiest hour"),
    "beds": ("Giường", "Beds"),
    "lost": ("Cuộc gọi nhỡ", "Calls lost"),
    "lost_needing": ("Cuộc cấp cứu bị nhỡ", "Emergencies lost"),
    "answer_s": ("Chờ nghe máy, trung bình", "Wait for an answer, mean"),
    "lost_note": (
        "Phần trăm cuộc gọi không ai nghe: người gọi bỏ máy hoặc hết đường dây. Cuộc cấp cứu là cuộc cần "
        "xe. Cuộc gọi nhỡ không nằm trong các chỉ số đến trễ và thời gian đáp ứng.",
        "Share of calls nobody answered: callers hung up, or lines were taken. An emergency needs a "
        "unit. Lost calls are in no figure of late arrivals or response times.",
    ),
    "no_takers": (
        "Điện thoại viên và đường dây không được mô phỏng ở đây: mọi cuộc gọi đều có người nghe.",
        "Call takers and lines were not simulated here: every call was answered.",
    ),
    "made": ("Đã làm thế nào", "How this was made"),
    "rivals": ("Các phương án", "Rivals"),
    "sends": ("chọn xe: {policy}", "who is sent: {policy}"),
    "policy_closest": ("xe gần nhất (đến sớm nhất)", "the closest unit (soonest there)"),
    "policy_closest_kept_back": (
        "gần nhất, giữ lại xe cho P1 và P2",
        "the closest, some kept back for P1 and P2",
    ),
    "policy_coverage_cost": ("đến sớm, có tính độ phủ mất đi", "soon, with a price on coverage lost"),
    "policy_dmexclp": ("giữ độ phủ kỳ vọng (DMEXCLP)", "most expected coverage left (DMEXCLP)"),
    "policy_preparedness": ("giữ mức sẵn sàng vùng yếu nhất", "preparedness of the weakest area"),
    "policy_rules": ("theo quy tắc của thành phố", "as the city's rules say"),
    "waits_home": ("xe rảnh chờ ở trạm của mình", "free units wait at their own stations"),
    "waits_dmexclp": (
        "xe rảnh đến điểm trực đang thiếu nhất (DMEXCLP)",
        "free units wait at the post where they are missed most (DMEXCLP)",
    ),
    "waits_mended": (
        "xe rảnh được điều chuyển như hệ thống đề xuất",
        "free units are moved up as the desk proposes",
    ),
    "without": ("không có {units}", "without {units}"),
    "more": ("thêm {count} xe ở {station}", "{count} more at {station}"),
    "turnout": ("chuyển bánh sau {seconds} giây ({kind})", "wheels turn after {seconds} s ({kind})"),
    "made_calls": ("Cuộc gọi", "Calls"),
    "made_left_out": ("Ca không phát lại", "Not played"),
    "made_alike": (
        "ngày giống ngày đã ghi: mỗi cuộc gọi trở lại một số lần ngẫu nhiên (Poisson), lệch tối đa nửa "
        "giờ; nguồn: {source}",
        "days like the recorded one: each call comes back a chance number of times (Poisson), within "
        "half an hour; source: {source}",
    ),
    "made_recorded": ("đúng ngày đã ghi; nguồn: {source}", "the very day; source: {source}"),
    "made_model": (
        "các đêm rút ngẫu nhiên từ mô hình thành phố: {source}",
        "nights drawn from a city model: {source}",
    ),
    "made_scenario": (
        "các đêm rút ngẫu nhiên từ mô hình thành phố, thay đổi như kịch bản nói: {source}",
        "nights drawn from a city model, changed as the scenario says: {source}",
    ),
    "made_rules_model": (
        "chọn xe và bệnh viện bằng quy tắc của hệ thống thật; ca trực, giao thông theo giờ, điện thoại "
        "viên và bàn giao theo mô hình; {beds}",
        "units and hospitals are chosen by the rules of the live system; shifts, traffic by the hour, "
        "call takers and handovers are the model's; {beds}",
    ),
    "beds_taken": ("giường được nhận và trả", "beds are taken and free again"),
    "beds_ordinary": ("bệnh viện không hết giường", "hospitals never fill"),
    "takers_told": ("{count} điện thoại viên", "{count} call takers"),
    "lines_told": ("{count} đường dây", "{count} lines"),
    "taken": ("Giường đang dùng", "Beds taken"),
    "made_hours": ("Thời gian", "Time"),
    "made_hours_told": (
        "{hours} giờ được tính, sau {warm} giờ chạy đà; {n} lần chạy; hạt giống {seed}",
        "{hours} h counted after {warm} h of warm-up; {n} replications; seed {seed}",
    ),
    "made_roads": ("Đường", "Roads"),
    "made_roads_told": (
        "thời gian chạy của chính máy chỉ đường điều hành, bản đồ {map}{pace}",
        "road times of the live engine, map {map}{pace}",
    ),
    "same_pace": (", không đổi theo giờ", ", the same at every hour"),
    "made_rules": ("Quy tắc", "Rules"),
    "made_rules_told": (
        "chọn xe và bệnh viện bằng quy tắc của hệ thống thật; bệnh viện không hết giường, kíp không đổi ca",
        "units and hospitals are chosen by the rules of the live system; hospitals never fill, crews stay on",
    ),
    "made_versions": ("Phiên bản", "Versions"),
    "osm": (
        "Dữ liệu bản đồ © những người đóng góp cho OpenStreetMap, ODbL.",
        "Map data © OpenStreetMap contributors, ODbL.",
    ),
    "drawn": ("Thị xã tưởng tượng, không phải bản đồ thật.", "A drawn town, no real map."),
}
"""By key; `{parts}` are filled in."""
