"""Every way in which Vigil says no about policies, standby posts and coverage."""

from domain.errors import Conflict, Invalid, Refused, Unknown


class UnknownPolicy(Invalid):
    en = "There is no dispatch policy '{policy}'; there are: {known}."
    vi = "Không có chính sách điều xe '{policy}'; hiện có: {known}."


class NoPolicySaid(Invalid):
    en = "Say for at least one priority (P1 to P4) which policy shall choose."
    vi = "Hãy chọn chính sách điều xe cho ít nhất một mức ưu tiên (P1 đến P4)."


class UnknownMoveUp(Unknown):
    en = "This proposal to move a unit is no longer known; look at the proposals of this moment."
    vi = "Đề xuất dời xe này không còn nữa; hãy xem lại các đề xuất hiện tại."


class MoveUpAnswered(Conflict):
    en = "{callsign}: somebody has answered this proposal already ({answer})."
    vi = "{callsign}: đề xuất này đã có người trả lời ({answer})."


class PostOver(Conflict):
    en = "{callsign} is not asked to wait there any more."
    vi = "{callsign} không còn được yêu cầu chờ ở đó nữa."


class NothingWaits(Invalid):
    en = "No incident waits for a unit, so there is nothing to share out."
    vi = "Không có vụ nào đang chờ xe nên không cần phân xe."


class CoverageNotReady(Refused):
    en = "Coverage is still being worked out for this map; please try again in a moment."
    vi = "Đang tính độ phủ cho bản đồ này; hãy thử lại sau giây lát."
