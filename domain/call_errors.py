"""Every way in which Vigil says no to what is done with calls, callers and the places they name."""

from domain.errors import Conflict, Invalid, Unknown


class BadPlaceSource(Invalid):
    en = "'{source}' is no source of a place: it is one of {known}."
    vi = "'{source}' không phải là nguồn vị trí: chọn một trong {known}."


class BadConfidence(Invalid):
    en = "{confidence} is no confidence: it lies between 0 and 1."
    vi = "{confidence} không phải là độ tin cậy: phải từ 0 đến 1."


class MergedWithItself(Invalid):
    en = "Incident {number} cannot be merged with itself."
    vi = "Không thể gộp vụ {number} với chính nó."


class BadCallbackOutcome(Invalid):
    en = "'{outcome}' is no outcome of a call-back: it is one of {known}."
    vi = "'{outcome}' không phải là kết quả gọi lại: chọn một trong {known}."


class EndedBeforeItRang(Invalid):
    en = "A call that rang at {rang_at} cannot have ended before, at {ended_at}."
    vi = "Cuộc gọi đổ chuông lúc {rang_at} không thể kết thúc trước đó, lúc {ended_at}."


class RangTooLongAgo(Invalid):
    en = "{at} is more than {hours:g} hours ago: nobody waits since then. Whoever needs help is a new call."
    vi = "{at} đã quá {hours:g} giờ: không còn ai chờ từ khi đó. Ai cần giúp thì tạo cuộc gọi mới."


class UnknownCallback(Unknown):
    en = "Nobody waits to be called back under {callback_id}."
    vi = "Không có số nào chờ gọi lại với mã {callback_id}."


class NothingToCallBack(Conflict):
    en = "{phone} no longer waits to be called back."
    vi = "Số {phone} không còn chờ gọi lại."


class CallClaimed(Conflict):
    en = "{by} is speaking with this caller; take the call over if that is no longer so."
    vi = "{by} đang nghe cuộc gọi này; hãy nhận thay nếu không còn đúng."


class CallerOccupied(Conflict):
    en = "{by} already speaks with {number}; its other calls wait with theirs. Raise the call if it is real."
    vi = "{by} đang nghe số {number}; các cuộc khác của số này chờ chung. Hãy nâng lên nếu là cấp cứu thật."


class CallNotInIncident(Conflict):
    en = "Call {call_id} belongs to no incident, so there is nothing to separate it from."
    vi = "Cuộc gọi {call_id} không thuộc vụ nào nên không có gì để tách."


class OnlyCallOfIncident(Conflict):
    en = "It is the only call of incident {number}: close that incident, or merge it with another."
    vi = "Đây là cuộc gọi duy nhất của vụ {number}: hãy đóng vụ đó, hoặc gộp vào vụ khác."


class IncidentMerged(Conflict):
    en = "Incident {number} was merged into incident {into_number}; work goes on there."
    vi = "Vụ {number} đã được gộp vào vụ {into_number}; hãy tiếp tục ở vụ đó."


class NotMerged(Conflict):
    en = "Incident {number} is not merged into another."
    vi = "Vụ {number} không được gộp vào vụ nào."


class NoCallLeft(Conflict):
    en = (
        "Incident {number} would be left without a call: those it had were taken out. "
        "Leave both merged; a call that was taken out can open an incident of its own."
    )
    vi = (
        "Vụ {number} sẽ không còn cuộc gọi nào vì các cuộc gọi của vụ đã được tách ra. "
        "Hãy giữ nguyên việc gộp; cuộc gọi đã tách có thể lập một vụ riêng."
    )


class PlaceUnconfirmed(Conflict):
    en = (
        "The place of incident {number} is not certain ({why}). "
        "Read it to the caller and confirm it, or correct it, before anybody is sent."
    )
    vi = (
        "Vị trí của vụ {number} chưa chắc chắn ({why_vi}). "
        "Hãy đọc lại cho người gọi và xác nhận, hoặc sửa, trước khi điều xe."
    )
