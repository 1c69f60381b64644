"""Every way in which Vigil says no to who asks for figures."""

from domain.errors import Invalid, Refused


class BadPeriod(Invalid):
    en = (
        "A period is a day or a time with its zone, such as 2026-11-21 or 2026-11-21T06:30+07:00; "
        "got: {said}."
    )
    vi = (
        "Khoảng thời gian là một ngày hoặc thời điểm kèm múi giờ, ví dụ 2026-11-21 hoặc "
        "2026-11-21T06:30+07:00; nhận được: {said}."
    )


class PeriodBackwards(Invalid):
    en = "The period ends ({to}) before it begins ({start})."
    vi = "Khoảng thời gian kết thúc ({to}) trước khi bắt đầu ({start})."


class PeriodTooLong(Invalid):
    en = "At most {days} days are counted at once."
    vi = "Mỗi lần chỉ thống kê nhiều nhất {days} ngày."


class PastTooFar(Invalid):
    en = "To count as it was known then, too much of the log lies in between: ask for a shorter time."
    vi = (
        "Muốn thống kê theo những gì đã biết lúc đó thì phải đọc quá nhiều nhật ký: hãy chọn khoảng ngắn hơn."
    )


class FiguresBusy(Refused):
    en = "Other figures are being counted; please try again in a moment."
    vi = "Máy chủ đang tính các số liệu khác; hãy thử lại sau giây lát."


class FiguresTooSlow(Refused):
    en = (
        "Counting took longer than {seconds:.0f} s and was ended, so that the desk is not held up: ask for a "
        "shorter period."
    )
    vi = (
        "Việc thống kê quá {seconds:.0f} giây nên đã dừng để không ảnh hưởng điều phối: hãy chọn khoảng "
        "ngắn hơn."
    )
