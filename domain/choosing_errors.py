"""Refusals about plans, overriding the advice, and taking a unit from something less urgent."""

from domain.errors import Conflict, Invalid, Refused, Unknown


class BadAlarmLevel(Invalid):
    en = "{level} is no alarm level: it is between 1 and {highest}."
    vi = "{level} không phải là cấp báo động: chọn từ 1 đến {highest}."


class BadShift(Invalid):
    en = "A shift ends after it began; {ends_at} does not come after {on_since}."
    vi = "Ca trực phải kết thúc sau khi bắt đầu; {ends_at} không sau {on_since}."


class OverrideReasonWanted(Invalid):
    en = "The advice names {instead} before {callsign}. Say why, with one of: {codes}; words may follow."
    vi = "Đề xuất xếp {instead} trước {callsign}. Hãy cho lý do, chọn một trong: {codes}; có thể ghi thêm."


class UnknownOverrideCode(Invalid):
    en = "'{code}' is no reason this city knows for sending another than advised: {codes}."
    vi = "'{code}' không có trong danh mục lý do chọn khác đề xuất của thành phố: {codes}."


class NoRuns(Invalid):
    en = "A response names between 1 and {most} runs, each with an id and a unit of its own."
    vi = "Phương án phải có từ 1 đến {most} chuyến, mỗi chuyến có mã riêng và kíp xe riêng."


class PreemptReasonWanted(Invalid):
    en = "To take {callsign} from incident {number} a reason is needed: it will stand in both timelines."
    vi = "Muốn rút {callsign} khỏi vụ {number} phải nêu lý do; lý do sẽ ghi vào nhật ký của cả hai vụ."


class NotLessUrgent(Conflict):
    en = "{callsign} is bound for incident {number} ({priority}), which is not less urgent than {wanted}."
    vi = "{callsign} đang đến vụ {number} ({priority}), không kém khẩn cấp hơn mức {wanted}."


class TooLateToTake(Conflict):
    en = "{callsign} is '{status}' for incident {number}: who is with a patient is not taken away."
    vi = "{callsign} đang ở mốc '{status}' của vụ {number}: không rút kíp đang ở cùng bệnh nhân."


class NotWaiting(Conflict):
    en = "Incident {number} does not wait for a unit, so there is nothing to look ahead for."
    vi = "Vụ {number} không còn chờ xe nên không cần dự báo trước khi điều."


class NobodyToLookAheadFor(Conflict):
    en = "No unit is free to be sent to incident {number} now, so there is nothing to compare."
    vi = "Hiện không có xe nào sẵn sàng cho vụ {number} nên không có gì để so sánh."


class LookAheadUnderWay(Refused):
    en = "A look ahead is still being reckoned for this desk; its answer comes first."
    vi = "Bàn này đang có một lượt nhìn trước chưa tính xong; vui lòng chờ kết quả."


class LookAheadsBusy(Refused):
    en = "Other desks are looking ahead; please try again in a moment. Orders are not held up."
    vi = "Các bàn khác đang nhìn trước; vui lòng thử lại sau giây lát. Việc điều xe không bị ảnh hưởng."


class UnknownDecision(Unknown):
    en = "There is no decision {decision_id}: advice is kept for good only once somebody was sent by it."
    vi = "Không có quyết định {decision_id}: đề xuất chỉ được lưu lại khi đã điều xe theo đó."


class NotInDecision(Unknown):
    en = "Decision {decision_id} knows no unit {callsign}."
    vi = "Quyết định {decision_id} không có kíp xe {callsign}."
