"""Every way in which Vigil says no about hospitals, patients, transfers, and who goes where."""

from domain.errors import Conflict, Invalid, Unknown

# --- what was said makes no sense -------------------------------------------------------------------


class BadHours(Invalid):
    en = "'{hours}' is no stretch of a day; write it as 07:00-17:00."
    vi = "'{hours}' không phải là khung giờ; hãy viết như 07:00-17:00."


class BadServiceEnd(Invalid):
    en = "Say until when: between now and {limit_hours} hours from now; {until} is not."
    vi = "Hãy cho giờ kết thúc trong vòng {limit_hours} giờ tới; {until} không hợp lệ."


class LacksService(Invalid):
    en = "{hospital} does not offer {service}; it offers: {offers}."
    vi = "{hospital} không có chuyên khoa {service}; hiện có: {offers}."


class BadAnswer(Invalid):
    en = "'{answer}' is no answer to whether a patient may come: it is accept or redirect."
    vi = "'{answer}' không phải câu trả lời tiếp nhận: chọn accept (nhận) hoặc redirect (đề nghị chuyển)."


class ReasonWanted(Invalid):
    en = "Whoever asks for the patient to go elsewhere says why."
    vi = "Đề nghị chuyển bệnh nhân nơi khác thì phải nêu lý do."


class BadCategory(Invalid):
    en = "'{category}' is no colour of a casualty: it is red, yellow, green or black."
    vi = "'{category}' không phải màu phân loại: chọn red (đỏ), yellow (vàng), green (xanh) hoặc black (đen)."


class TooManyCasualties(Invalid):
    en = "{wanted} casualties at once: say between 1 and {most} in one order, and no more than {all} in all."
    vi = "{wanted} nạn nhân một lúc: mỗi lần từ 1 đến {most}, tổng cộng không quá {all}."


class TagTaken(Invalid):
    en = "The tag {tag} belongs to another patient of incident {number}."
    vi = "Thẻ {tag} đã thuộc bệnh nhân khác của vụ {number}."


class TriageUnfinished(Invalid):
    en = "From these answers no colour follows yet; find out next: {finding}."
    vi = "Các câu trả lời chưa đủ để phân màu; cần kiểm tra tiếp: {finding}."


class UnknownFinding(Invalid):
    en = "'{finding}' is nothing that {method} asks for; it asks for: {known}."
    vi = "'{finding}' không phải câu hỏi của {method}; các câu hỏi: {known}."


class SameHospital(Invalid):
    en = "A transfer leads from one hospital to another; {hospital} was said for both."
    vi = "Chuyển viện phải giữa hai bệnh viện khác nhau; cả hai đều là {hospital}."


# --- the order names something that never was -------------------------------------------------------


class UnknownPatient(Unknown):
    en = "There is no patient {patient_id}."
    vi = "Không có bệnh nhân {patient_id}."


class UnknownTransfer(Unknown):
    en = "There is no transfer {transfer_id}."
    vi = "Không có yêu cầu chuyển viện {transfer_id}."


# --- the world stands otherwise ---------------------------------------------------------------------


class NothingAsked(Conflict):
    en = "{callsign} does not wait for an answer of {hospital}."
    vi = "{callsign} không chờ trả lời của {hospital}."


class PatientGone(Conflict):
    en = "Patient {tag} is {state}; that can no longer be changed."
    vi = "Bệnh nhân {tag} đang ở trạng thái {state}; không thể thay đổi nữa."


class OtherIncident(Conflict):
    en = "Patient {tag} belongs to incident {patient_incident}, {callsign} serves incident {run_incident}."
    vi = "Bệnh nhân {tag} thuộc vụ {patient_incident}, còn {callsign} phục vụ vụ {run_incident}."


class CannotBoard(Conflict):
    en = "{callsign} is {status}: nobody can be put aboard."
    vi = "{callsign} đang ở mốc {status}: không thể đưa bệnh nhân lên xe."


class PatientAboard(Conflict):
    en = "{tag} is aboard {callsign}; incident {number} can be separated when the patient was handed over."
    vi = "Bệnh nhân {tag} đang trên xe {callsign}; tách vụ {number} sau khi đã bàn giao bệnh nhân."


class SpreadFails(Conflict):
    en = "Nothing was held: for {tags} there is no bed free as proposed. Ask for a new proposal."
    vi = "Chưa giữ giường nào: {tags} không còn giường như đề xuất. Hãy lấy đề xuất mới."


class TransferSettled(Conflict):
    en = "This transfer is already {state}."
    vi = "Yêu cầu chuyển viện này đã ở trạng thái {state}."


class NotYoursToApprove(Conflict):
    en = "In {mode} the {approver} says yes to a transfer."
    vi = "Ở chế độ {mode}, việc đồng ý chuyển viện thuộc {approver_vi}."
