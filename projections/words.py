"""Every word of the projections that people read, in Vietnamese and English.

Gaps in braces are filled by `sentences.py`. A part that may be missing has a sentence of its own and
is put behind, so that no sentence ever shows an empty gap.
"""

from domain.values import BedKind, Milestone

Text = dict[str, str]
"""{"vi": ..., "en": ...}"""


def both(vi: str, en: str) -> Text:
    return {"vi": vi, "en": en}


BED_KINDS: dict[str, Text] = {
    BedKind.ADULT_ICU: both("hồi sức người lớn", "adult intensive care"),
    BedKind.PEDIATRIC_ICU: both("hồi sức nhi", "paediatric intensive care"),
    BedKind.NEONATAL_ICU: both("hồi sức sơ sinh", "neonatal intensive care"),
    BedKind.EMERGENCY_DEPARTMENT: both("cấp cứu", "emergency"),
    BedKind.NURSERY_BEDS: both("dưỡng nhi", "nursery"),
    BedKind.MEDICAL_SURGICAL: both("nội - ngoại", "medical-surgical"),
    BedKind.REHAB_LONG_TERM_CARE: both("phục hồi chức năng, dài ngày", "rehabilitation or long-term care"),
    BedKind.BURN: both("bỏng", "burn"),
    BedKind.PEDIATRICS: both("nhi", "paediatric"),
    BedKind.ADULT_PSYCHIATRIC: both("tâm thần người lớn", "adult psychiatric"),
    BedKind.PEDIATRIC_PSYCHIATRIC: both("tâm thần nhi", "paediatric psychiatric"),
    BedKind.NEGATIVE_FLOW_ISOLATION: both("cách ly áp lực âm", "negative-pressure isolation"),
    BedKind.OTHER_ISOLATION: both("cách ly", "isolation"),
    BedKind.OPERATING_ROOMS: both("phòng mổ", "operating room"),
}

UNIT_STATUSES: dict[str, Text] = {
    "AV": both("sẵn sàng", "available"),
    "DP": both("đã giao lệnh", "dispatched"),
    "EN": both("đang đến hiện trường", "en route"),
    "SC": both("tại hiện trường", "on scene"),
    "TR": both("đang chở người bệnh", "transporting"),
    "HP": both("tại bệnh viện", "at hospital"),
    "NS": both("không trực", "not in service"),
}

DUTIES: dict[str, Text] = {
    "on_duty": both("đang trực", "on duty"),
    "off_duty": both("hết ca", "off duty"),
    "out_of_service": both("ngừng phục vụ", "out of service"),
}

FIELDS: dict[str, Text] = {
    "address": both("Địa chỉ", "address"),
    "age_band": both("Nhóm tuổi", "age band"),
    "caller_name": both("Tên người gọi", "caller's name"),
    "complaint": both("Lý do gọi", "complaint"),
    "danger": both("Nguy hiểm", "danger"),
    "line": both("Đường dây", "line"),
    "note": both("Ghi chú", "note"),
    "outcome": both("Kết quả", "outcome"),
    "override_reason": both("Lý do chọn khác đề xuất", "reason for another choice"),
    "reason": both("Lý do", "reason"),
    "sex": both("Giới tính", "sex"),
    "tag": both("Số thẻ", "tag"),
    "text": both("Nội dung", "text"),
    "words": both("Lời người gọi", "caller's words"),
}
"""What is typed, as a refusal names it at the head of its sentence."""

TRANSFER_MODES: dict[str, Text] = {
    "peacetime": both("thường ngày", "peacetime"),
    "wartime": both("tình huống khẩn cấp", "wartime"),
}

MILESTONES: dict[str, Text] = {
    Milestone.ASSIGNED: both("giao lệnh", "assigned"),
    Milestone.ACCEPTED: both("nhận lệnh", "accepted"),
    Milestone.DECLINED: both("từ chối", "declined"),
    Milestone.EN_ROUTE: both("xuất phát", "en route"),
    Milestone.ON_SCENE: both("đến hiện trường", "on scene"),
    Milestone.PATIENT_CONTACT: both("gặp người bệnh", "patient contact"),
    Milestone.TRANSPORTING: both("chở đi", "transporting"),
    Milestone.AT_HOSPITAL: both("đến bệnh viện", "at hospital"),
    Milestone.HANDED_OVER: both("bàn giao", "handed over"),
    Milestone.CLEAR: both("rảnh", "clear"),
    Milestone.STOOD_DOWN: both("cho dừng", "stood down"),
}
"""Names of moments, as in "giờ đến hiện trường"."""

PROGRESS: dict[str, Text] = {
    Milestone.ACCEPTED: both("{callsign} đã nhận lệnh.", "{callsign} accepted."),
    Milestone.DECLINED: both("{callsign} từ chối lệnh.", "{callsign} declined."),
    Milestone.EN_ROUTE: both("{callsign} đã xuất phát.", "{callsign} is en route."),
    Milestone.ON_SCENE: both("{callsign} đã đến hiện trường.", "{callsign} is on scene."),
    Milestone.PATIENT_CONTACT: both("{callsign} đã gặp người bệnh.", "{callsign} is with the patient."),
    Milestone.TRANSPORTING: both(
        "{callsign} đang chở người bệnh đến {hospital}.", "{callsign} is taking the patient to {hospital}."
    ),
    Milestone.AT_HOSPITAL: both("{callsign} đã đến {hospital}.", "{callsign} arrived at {hospital}."),
    Milestone.HANDED_OVER: both(
        "{callsign} đã bàn giao người bệnh cho {hospital}.",
        "{callsign} handed the patient over to {hospital}.",
    ),
    Milestone.CLEAR: both("{callsign} đã xong việc, sẵn sàng.", "{callsign} is clear."),
    Milestone.STOOD_DOWN: both("{callsign} được cho dừng.", "{callsign} was stood down."),
}

SENTENCES: dict[str, Text] = {
    "Call.Received": both("Tiếp nhận cuộc gọi từ {caller}: {complaint}.", "Call from {caller}: {complaint}."),
    "Call.Located": both("Xác định vị trí cuộc gọi: {place}.", "Caller located: {place}."),
    "Call.Triaged": both(
        "Phân loại cuộc gọi: {card_title}, {priority}.",
        "Call triaged: {card_title}, {priority}.",
    ),
    "Call.Closed": both("Kết thúc cuộc gọi: {reason}.", "Call closed: {reason}."),
    "Incident.Opened": both(
        "Mở vụ #{number}, mức {priority}, {patients} bệnh nhân, tại {place}: {complaint}.",
        "Incident #{number} opened, {priority}, patients: {patients}, at {place}: {complaint}.",
    ),
    "Incident.CallJoined": both("Nhập thêm một cuộc gọi vào vụ này.", "Another call joined this incident."),
    "Incident.Reprioritised": both(
        "Đổi mức ưu tiên từ {was} sang {priority}.", "Priority changed from {was} to {priority}."
    ),
    "Incident.Relocated": both("Sửa vị trí hiện trường: {place}.", "Scene moved to {place}."),
    "Incident.Noted": both("Ghi chú: {text}", "Note: {text}"),
    "Incident.Closed": both("Đóng vụ: {reason}.", "Incident closed: {reason}."),
    "Run.Assigned": both("Điều {callsign} đến hiện trường.", "{callsign} sent to the scene."),
    "Run.Redirected": both(
        "Đổi nơi đến của {callsign} từ {was_hospital} sang {hospital}.",
        "{callsign} redirected from {was_hospital} to {hospital}.",
    ),
    "Run.Corrected": both(
        "Sửa giờ {milestone} của {callsign}: {was} thành {happened_at}.",
        "Time of “{milestone}” of {callsign} corrected: {was} to {happened_at}.",
    ),
    "BedLedger.Held": both(
        "Giữ một giường {bed} tại {hospital} cho {callsign} đến {until}.",
        "{bed} bed at {hospital} held for {callsign} until {until}.",
    ),
    "BedLedger.Prolonged": both(
        "Giữ giường {bed} tại {hospital} thêm đến {until}.", "{bed} bed at {hospital} held until {until}."
    ),
    "BedLedger.Released": both(
        "Thôi giữ giường {bed} tại {hospital}.", "Held {bed} bed at {hospital} released."
    ),
    "BedLedger.Expired": both(
        "Hết hạn giữ giường {bed} tại {hospital}.", "The hold of the {bed} bed at {hospital} ran out."
    ),
    "BedLedger.Consumed": both(
        "Người bệnh đã vào giường {bed} giữ tại {hospital}.",
        "The patient took the held {bed} bed at {hospital}.",
    ),
}
"""By topic. Progress of a run has one sentence a milestone, above."""

NEEDS_CHANGED = both(
    "Đổi yêu cầu của vụ, vẫn mức {priority}.", "What the incident needs changed; still {priority}."
)

OTHER_BED = both("Đổi giường cho {callsign} tại {hospital}.", "{callsign} needs another bed at {hospital}.")

EXPECTED = both("Dự kiến đến hiện trường lúc {eta_at}.", "Expected on scene at {eta_at}.")
DESTINATION = both("Nơi đến: {hospital}.", "Destination: {hospital}.")
OVERRIDE = both("Chọn khác đề xuất: {override_reason}.", "Against the advice: {override_reason}.")
REASON = both("Lý do: {reason}.", "Reason: {reason}.")
BED = both("Giường {bed}.", "{bed} bed.")

NAMED_CALLER = both("{name} ({phone})", "{name} ({phone})")
PLACE_AND_POINT = both("{address} ({lat:.5f}, {lon:.5f})", "{address} ({lat:.5f}, {lon:.5f})")
POINT = both("{lat:.5f}, {lon:.5f}", "{lat:.5f}, {lon:.5f}")
PRIORITY = both("mức {priority}", "{priority}")
NO_AMBULANCE = both("không cần xe cấp cứu", "no ambulance needed")
SOME_HOSPITAL = both("bệnh viện", "hospital")
NO_HOSPITAL = both("(chưa chọn)", "(none chosen)")
SOMETHING = both("{topic}", "{topic}")
