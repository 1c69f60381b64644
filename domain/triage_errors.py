"""How Vigil says no around question cards, clinicians and outcomes."""

from domain.errors import Conflict, Invalid, Unknown


class BadOutcome(Invalid):
    en = "'{outcome}' is no outcome. Known: {known}."
    vi = "'{outcome}' không phải là kết quả xử lý. Có thể dùng: {known}."


class ReasonOrOutcome(Invalid):
    en = "Say how it came out, or why it is closed."
    vi = "Hãy chọn kết quả xử lý hoặc ghi lý do đóng."


class BadNumber(Invalid):
    en = "'{answer}' does not answer '{question}': it takes a number from {least} to {most}."
    vi = "'{answer}' không trả lời được '{question}': cần một số từ {least} đến {most}."


class BadCard(Invalid):
    en = "The card was not taken. {fault_en}"
    vi = "Không nhận thẻ hỏi. {fault_vi}"


class OtherCard(Invalid):
    en = "The text is of the card '{said}', not of '{protocol}'."
    vi = "Nội dung này là của thẻ '{said}', không phải thẻ '{protocol}'."


class BadFinding(Invalid):
    en = "'{finding}' is no finding of a safety call. Known: {known}."
    vi = "'{finding}' không phải là kết quả gọi lại. Có thể dùng: {known}."


class EndsBeforeItBegins(Invalid):
    en = "An instruction cannot end at {ended_at}, before it began at {began_at}."
    vi = "Hướng dẫn không thể kết thúc lúc {ended_at}, trước khi bắt đầu lúc {began_at}."


class NotForNews2(Invalid):
    en = "NEWS2 is not made for children under 16, nor for pregnant women."
    vi = "Thang điểm NEWS2 không dùng cho trẻ dưới 16 tuổi và phụ nữ mang thai."


class UnknownVersion(Unknown):
    en = "There is no version {version} of the card '{protocol}'."
    vi = "Không có phiên bản {version} của thẻ hỏi '{protocol}'."


class UnknownStep(Unknown):
    en = "The card '{protocol}', version {version}, has no instruction '{step}'."
    vi = "Thẻ hỏi '{protocol}', phiên bản {version}, không có hướng dẫn '{step}'."


class OlderAnswers(Conflict):
    en = "Newer answers of this caller are stored already; these were given before them."
    vi = "Đã lưu câu trả lời mới hơn của người gọi này; các câu trả lời vừa gửi được ghi trước đó."


class VersionTaken(Conflict):
    en = "Version {version} of the card '{protocol}' cannot be published: the next is {next}."
    vi = "Không thể công bố phiên bản {version} của thẻ hỏi '{protocol}': phiên bản tiếp theo là {next}."
