"""Refusals about offers, prompts, undoing, crews in distress, withdrawn cars and automatic dispatch."""

from domain.errors import Conflict, Invalid, Unknown


class OfferOver(Conflict):
    en = "{callsign} did not answer within {within_s:.0f} s: the order was withdrawn, it is too late now."
    vi = "{callsign} không trả lời trong {within_s:.0f} giây: lệnh đã được thu hồi, không nhận được nữa."


class OfferWentOn(Conflict):
    en = "The order of {callsign} {went}; that is not undone. Send {callsign} anew if it is to go."
    vi = "Lệnh của {callsign} {went_vi} nên không rút lại được. Nếu cần xe này, hãy điều {callsign} lại."


class NoOffer(Conflict):
    en = "There is nothing for {callsign} to answer: the run is at '{status}'."
    vi = "Không có lệnh nào chờ {callsign} trả lời: chuyến đang ở mốc '{status}'."


class NothingToPrompt(Conflict):
    en = "No arrival or departure of {callsign} waits to be confirmed."
    vi = "Không có lần đến hay rời nào của {callsign} đang chờ xác nhận."


class UnknownMove(Invalid):
    en = "'{kind}' is none of arrived_scene, left_scene, arrived_hospital, left_hospital."
    vi = "'{kind}' không phải là arrived_scene, left_scene, arrived_hospital hay left_hospital."


class NothingToUndo(Conflict):
    en = "Nothing of run {run_id} can be undone: {why}."
    vi = "Không có gì của chuyến {run_id} để rút lại: {why_vi}."


class NotTheLast(Conflict):
    en = "Only the last step of a run can be undone; that is '{milestone}' (event {of})."
    vi = "Chỉ rút lại được bước cuối của chuyến, tức “{milestone}” (sự kiện {of})."


class TooLateToUndo(Conflict):
    en = "'{milestone}' was reported more than {within_min:.0f} minutes ago: correct its time instead."
    vi = "Mốc '{milestone}' đã báo quá {within_min:.0f} phút: không rút lại được nữa, hãy sửa giờ."


class UnknownOutcome(Invalid):
    en = "'{outcome}' is no outcome of a run; there are: {known}."
    vi = "'{outcome}' không phải là kết quả của chuyến; có: {known}."


class UnknownAlarm(Unknown):
    en = "There is no crew alarm {alarm_id}."
    vi = "Không có cảnh báo {alarm_id}."


class AlarmOver(Conflict):
    en = "The alarm of {callsign} was closed already."
    vi = "Cảnh báo của {callsign} đã kết thúc."


class AlarmUnanswered(Conflict):
    en = "The alarm of {callsign} must be acknowledged before it can be closed."
    vi = "Phải tiếp nhận cảnh báo của {callsign} trước khi kết thúc."


class NotOnScene(Conflict):
    en = "{callsign} is not at a scene, so there is no check to answer."
    vi = "{callsign} không ở hiện trường nên không có lượt kiểm tra an toàn nào."


class UnitWithdrawn(Conflict):
    en = "{callsign} is withdrawn by its station ({reason}); the station must return it first."
    vi = "Trạm đang giữ lại xe {callsign} ({reason}); trạm phải trả xe trước."


class UnitNotWithdrawn(Conflict):
    en = "{callsign} is not withdrawn."
    vi = "{callsign} không bị rút."


class BadUntil(Invalid):
    en = "{until} has passed already; a car is withdrawn until a moment to come, or without an end."
    vi = "{until} đã qua; chỉ rút xe đến một thời điểm sắp tới, hoặc không ghi giờ kết thúc."


class NothingProposed(Conflict):
    en = "No automatic dispatch is counting down for incident {number}{why}."
    vi = "Vụ {number} không có điều xe tự động nào đang đếm ngược{why_vi}."
