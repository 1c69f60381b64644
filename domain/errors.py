"""Every way in which Vigil says no, each with a sentence a dispatcher understands."""

from typing import ClassVar


class Refused(Exception):
    """An order that cannot be carried out; nothing was changed.

    Each kind says its sentence in English and Vietnamese; `facts` fill the gaps and travel to the
    client beside it. It knows nothing of HTTP: `api/errors.py` holds the one table to status codes.
    """

    en: ClassVar[str] = "That cannot be done."
    vi: ClassVar[str] = "Không thực hiện được."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence())

    def sentence(self, language: str = "en") -> str:
        template = self.vi if language == "vi" else self.en
        return template.format_map(self.facts)


# --- what was said makes no sense -------------------------------------------------------------


class Invalid(Refused):
    """The order itself is wrong, whatever the state of the world."""


class BadPosition(Invalid):
    en = "{lat}, {lon} is not a place we can send anyone to."
    vi = "{lat}, {lon} không phải là vị trí hợp lệ."


class OutsideMap(Invalid):
    en = "{lat:.5f}, {lon:.5f} lies outside the map {map}, or no street is near it."
    vi = "{lat:.5f}, {lon:.5f} nằm ngoài bản đồ {map}, hoặc không có đường nào ở gần."


class OnePlaceWanted(Invalid):
    en = "Say where to: either from or to, one place as latitude and longitude such as 10.77,106.70."
    vi = "Hãy cho một vị trí: from hoặc to, gồm vĩ độ và kinh độ, ví dụ 10.77,106.70."


class BadMinutes(Invalid):
    en = (
        "'{minutes}' is not understood: minutes are above 0 and at most {longest}, "
        "and at most {most} may be named."
    )
    vi = "Không hiểu '{minutes}': số phút phải lớn hơn 0 và không quá {longest}, nhiều nhất {most} giá trị."


class BadPhone(Invalid):
    en = "'{phone}' is not a telephone number."
    vi = "'{phone}' không phải là số điện thoại."


class NotAChoice(Invalid):
    en = "'{value}' is no {field}: it is one of {known}."
    vi = "{field} không thể là '{value}': chọn một trong {known}."


class BadText(Invalid):
    en = "{field} must hold between 1 and {limit} characters."
    vi = "{field} phải có từ 1 đến {limit} ký tự."


class BadPriority(Invalid):
    en = "'{priority}' is no priority: it is one of P1, P2, P3, P4."
    vi = "'{priority}' không phải là mức ưu tiên: chọn P1, P2, P3 hoặc P4."


class BadPatients(Invalid):
    en = "{patients} patients: it must be between 1 and 999."
    vi = "{patients} bệnh nhân: phải từ 1 đến 999."


class BadBedCount(Invalid):
    en = (
        "{kind}: {staffed} staffed, {occupied} occupied, {blocked} blocked cannot be: "
        "none may be below zero, occupied with blocked no more than staffed, "
        "and staffed no more than stand there."
    )
    vi = (
        "{kind}: {staffed} giường có nhân viên, {occupied} có bệnh nhân, {blocked} bị khóa là không hợp lệ: "
        "không số nào dưới 0, tổng có bệnh nhân và bị khóa không quá số có nhân viên, "
        "và số có nhân viên không quá số giường thực có."
    )


class UnknownBedKind(Invalid):
    en = "{hospital} keeps no beds of the kind '{kind}'."
    vi = "{hospital} không có loại giường '{kind}'."


class FromTheFuture(Invalid):
    en = "{at} has not come yet: it is {now}."
    vi = "{at} chưa đến: bây giờ là {now}."


class OutOfOrder(Invalid):
    en = "{milestone} at {at} would come before {before} at {before_at}."
    vi = "{milestone} lúc {at} sẽ xảy ra trước {before} lúc {before_at}."


class UnknownMilestone(Invalid):
    en = "'{milestone}' is no milestone of a run."
    vi = "'{milestone}' không phải là mốc của chuyến."


class BadDiversion(Invalid):
    en = "A diversion needs an end between now and {limit_hours} hours from now; {until} is not."
    vi = "Ngưng nhận phải có giờ kết thúc trong vòng {limit_hours} giờ tới; {until} không hợp lệ."


class UnknownAnswer(Invalid):
    en = "'{answer}' is no answer to '{question}' in protocol {protocol}."
    vi = "'{answer}' không phải là câu trả lời cho '{question}' trong bộ câu hỏi {protocol}."


class UnknownService(Invalid):
    en = "'{service}' is no speciality and no kind of bed, so nothing can be diverted by it. Known: {known}."
    vi = "'{service}' không phải chuyên khoa hay loại giường nên không thể ngưng nhận. Có thể dùng: {known}."


class UnknownDeterminant(Invalid):
    en = "No protocol describes the determinant '{determinant}'."
    vi = "Không có bộ câu hỏi nào cho mã phân loại '{determinant}'."


class IdUsedTwice(Invalid):
    """command_id : the id of a thing, which the client chose; None for the id of the order itself, which may
    be derived from what was sent, so that nobody has ever seen it"""

    en = "The id {command_id} already stands for another order; send a fresh one."
    vi = "Mã {command_id} đã dùng cho lệnh khác; hãy gửi mã mới."
    of_order: ClassVar[dict[str, str]] = {
        "en": "The id of this order already stands for another order; send a fresh one.",
        "vi": "Mã của lệnh này đã dùng cho lệnh khác; hãy gửi mã mới.",
    }

    def __init__(self, command_id: object = None) -> None:
        super().__init__(**({} if command_id is None else {"command_id": command_id}))

    def sentence(self, language: str = "en") -> str:
        return super().sentence(language) if self.facts else self.of_order[language]


# --- nobody knows it --------------------------------------------------------------------------


class Unknown(Refused):
    """The order names something that never was."""


class UnknownCall(Unknown):
    en = "There is no call {call_id}."
    vi = "Không có cuộc gọi {call_id}."


class UnknownIncident(Unknown):
    en = "There is no incident {incident_id}."
    vi = "Không có vụ {incident_id}."


class UnknownRun(Unknown):
    en = "There is no run {run_id}."
    vi = "Không có chuyến {run_id}."


class UnknownUnit(Unknown):
    en = "There is no unit {unit}."
    vi = "Không có kíp xe {unit}."


class UnknownHospital(Unknown):
    en = "There is no hospital {hospital_id}."
    vi = "Không có bệnh viện {hospital_id}."


class UnknownProtocol(Unknown):
    en = "There is no protocol {protocol}."
    vi = "Không có bộ câu hỏi {protocol}."


# --- the world stands otherwise ---------------------------------------------------------------


class Conflict(Refused):
    """The order was sound; the state of the world forbids it now."""


class UnitBusy(Conflict):
    """run_id : told beside the sentence, for programs"""

    en = "{callsign} is no longer available: it serves incident {incident_number}."
    vi = "{callsign} không còn sẵn sàng: đang phục vụ vụ {incident_number}."


class UnitNotOnDuty(Conflict):
    en = "{callsign} is not on duty ({duty})."
    vi = "{callsign} không trực ({duty})."


class NoBedFree(Conflict):
    en = (
        "{hospital} has no {kind} bed free: {staffed} staffed, {occupied} occupied, "
        "{blocked} blocked, {held} held."
    )
    vi = (
        "{hospital} không còn giường {kind}: {staffed} có nhân viên, {occupied} có bệnh nhân, "
        "{blocked} bị khóa, {held} đã giữ."
    )


class CountOvertaken(Conflict):
    en = "{kind}: a newer count, of {known_at}, is known; one of {at} comes too late."
    vi = "{kind}: đã có số liệu mới hơn lúc {known_at}; số liệu lúc {at} đến quá muộn."


class CountsMoved(Conflict):
    en = (
        "Meanwhile somebody else counted, or a patient came: {kind}. Nothing of this report was taken; "
        "look at the newer figures first."
    )
    vi = (
        "Trong lúc đó đã có người khác đếm hoặc có bệnh nhân vừa đến: {kind}. Báo cáo này chưa được ghi; "
        "hãy xem số mới trước."
    )


class IllegalMilestone(Conflict):
    """allowed : what may come next, "-" for nothing"""

    en = "{callsign} is {status}; from there it cannot be {milestone}. Next may come: {allowed}."
    vi = "{callsign} đang ở mốc “{status}”, chưa thể báo “{milestone}”. Kế tiếp có thể là: {allowed}."
    nothing_next: ClassVar[dict[str, str]] = {
        "en": "{callsign} is {status}; from there it cannot be {milestone}.",
        "vi": "{callsign} đang ở mốc “{status}”, không thể “{milestone}” nữa.",
    }

    def sentence(self, language: str = "en") -> str:
        if self.facts["allowed"] != "-":
            return super().sentence(language)
        return self.nothing_next["vi" if language == "vi" else "en"].format_map(self.facts)


class NothingToCorrect(Conflict):
    en = "Run {run_id} has not reported {milestone}, so its time cannot be corrected."
    vi = "Chuyến {run_id} chưa báo {milestone}, nên không thể sửa giờ."


class CallAlreadySettled(Conflict):
    en = "Call {call_id} is already settled ({status})."
    vi = "Cuộc gọi {call_id} đã được xử lý ({status})."


class IncidentAlreadyOpened(Conflict):
    en = "Call {call_id} already belongs to incident {incident_id}."
    vi = "Cuộc gọi {call_id} đã thuộc vụ {incident_id}."


class IncidentOver(Conflict):
    en = "Incident {number} is closed."
    vi = "Vụ {number} đã đóng."


class IncidentStillServed(Conflict):
    en = "Incident {number} cannot be closed: {callsigns} are still on it."
    en_of_one: ClassVar[str] = "Incident {number} cannot be closed: {callsigns} is still on it."
    vi = "Chưa thể đóng vụ {number}: {callsigns} còn đang phục vụ."

    def sentence(self, language: str = "en") -> str:
        if language == "vi" or "," in str(self.facts["callsigns"]):
            return super().sentence(language)
        return self.en_of_one.format_map(self.facts)


class DiversionOvertaken(Conflict):
    en = "{hospital}: something newer was said of the diversion at {known_at}; this, of {at}, comes too late."
    vi = "{hospital}: lúc {known_at} đã có thông báo mới hơn về ngưng nhận; thông báo lúc {at} đến quá muộn."


class WordOvertaken(Conflict):
    en = "{about}: something newer was said at {known_at}; this, of {at}, comes too late."
    vi = "{about}: lúc {known_at} đã có thông tin mới hơn; thông tin lúc {at} đến quá muộn."


class NotDiverting(Conflict):
    en = "{hospital} is not diverting."
    vi = "{hospital} không trong tình trạng ngưng nhận."


class RunAlreadyOpened(Conflict):
    en = "Run {run_id} already stands for {callsign}; send a fresh run_id."
    vi = "Chuyến {run_id} đã thuộc {callsign}; hãy gửi run_id mới."


class TooContended(Conflict):
    en = "Others changed the same things at the same moment {attempts} times running; please try again."
    vi = "Có người khác thay đổi cùng lúc {attempts} lần liên tiếp; vui lòng thử lại."


class NotStored(Refused):
    en = "The log could not be written: nothing was stored this time. Sending the order again is safe."
    vi = "Không ghi được nhật ký: lần này chưa lưu gì. Gửi lại lệnh này là an toàn."


class PerhapsStored(Refused):
    en = "The line to the log was cut in mid-save: the order may have been stored. Sending it again is safe."
    vi = "Mất kết nối nhật ký khi đang lưu: lệnh có thể đã được lưu. Gửi lại lệnh này là an toàn."
