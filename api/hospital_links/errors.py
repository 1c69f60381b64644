"""Every way in which a hospital link is refused, each with its sentence and its HTTP status."""

from typing import ClassVar

from domain.errors import Refused


class LinkRefused(Refused):
    """A refusal about a hospital link; nothing was changed."""

    status: ClassVar[int] = 400


class LinkUnknown(LinkRefused):
    """Says the same of a link that never was, was ended or ran out: a stranger learns nothing."""

    status = 401
    en = "This link is not valid any more. Ask the dispatch centre for a new one."
    vi = "Liên kết này không còn hiệu lực. Xin liên hệ trung tâm cấp cứu để nhận liên kết mới."


class LinkTooOften(LinkRefused):
    status = 429
    en = "Too many requests by this link; please wait {retry_after_s} seconds."
    vi = "Liên kết này gửi quá nhiều yêu cầu; vui lòng đợi {retry_after_s} giây."


class BadLinkLabel(LinkRefused):
    status = 422
    en = "Say for whom the link is, in 2 to {longest} characters."
    vi = "Hãy ghi liên kết dành cho ai, từ 2 đến {longest} ký tự."


class BadLinkDays(LinkRefused):
    status = 422
    en = "A link is good for 1 to {longest} days."
    vi = "Liên kết có hiệu lực từ 1 đến {longest} ngày."


class LinkInUse(LinkRefused):
    status = 409
    en = "This link was made before and is in use; its address is shown once. End it and make another."
    vi = "Liên kết này đã được tạo và đang dùng; địa chỉ chỉ hiện một lần. Hãy hủy và tạo liên kết khác."


class UnknownLink(LinkRefused):
    status = 404
    en = "There is no such hospital link."
    vi = "Không có liên kết bệnh viện này."


STATUS: dict[type[Refused], int] = {
    kind: kind.status
    for kind in (LinkRefused, LinkUnknown, LinkTooOften, BadLinkLabel, BadLinkDays, LinkInUse, UnknownLink)
}
