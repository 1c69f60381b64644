"""What people read of offers, prompts, crews in distress, undoing and automatic dispatch."""

from projections.rows import Row
from projections.words import MILESTONES, Text, both

SENTENCES: dict[str, Text] = {
    "Offer.Lapsed": both(
        "{callsign} không trả lời trong {within} giây; lệnh được thu hồi.",
        "{callsign} did not answer within {within} s; the order was withdrawn.",
    ),
    "Offer.SeenUnderWay": both(
        "{callsign} đang chạy tới hiện trường ({moved} m): xem như đã nhận lệnh.",
        "{callsign} is driving to the scene ({moved} m so far): the order counts as accepted.",
    ),
    "Offer.PassedOn": both("Chuyển lệnh cho {next_callsign}.", "Offered to {next_callsign}."),
    "Prompt.Raised": both(
        "Theo định vị, {callsign} {milestone} lúc {at}; xin xác nhận.",
        "By its position, {callsign}: {milestone} at {at}; please confirm.",
    ),
    "Prompt.Answered": both(
        "Bỏ qua gợi ý “{milestone}” của {callsign}.", "Prompt “{milestone}” of {callsign} dismissed."
    ),
    "Run.Undone": both(
        "Rút lại “{milestone}” của {callsign} (đã báo lúc {was}).",
        "“{milestone}” of {callsign} undone (it had been reported at {was}).",
    ),
    "Run.OutcomeTold": both("Kết quả của {callsign}: {outcome}.", "Outcome of {callsign}: {outcome}."),
    "BedLedger.ArrivalUndone": both(
        "Rút lại việc nhận giường {bed} tại {hospital}.",
        "The {bed} bed at {hospital} was not taken after all.",
    ),
    "Incident.DangerTold": both("Hiện trường nguy hiểm: {danger}.", "The scene is dangerous: {danger}."),
    "CrewSafety.AlarmRaised": both("{callsign} kêu cứu (SOS).", "{callsign} calls for help (SOS)."),
    "CrewSafety.AlarmRepeated": both("{callsign} lại bấm SOS.", "{callsign} pressed SOS again."),
    "CrewSafety.AlarmAcknowledged": both(
        "Đã tiếp nhận cảnh báo của {callsign}.", "The alarm of {callsign} was acknowledged."
    ),
    "CrewSafety.AlarmEscalated": both(
        "Chưa ai tiếp nhận cảnh báo của {callsign}: đã báo trưởng ca.",
        "Nobody took up the alarm of {callsign}: the supervisor was told.",
    ),
    "CrewSafety.AlarmClosed": both(
        "Kết thúc cảnh báo của {callsign}: {outcome}.", "The alarm of {callsign} was closed: {outcome}."
    ),
    "CrewSafety.CheckedIn": both("{callsign} báo an toàn.", "{callsign} says that all is well."),
    "CrewMessage.Sent": both("Nhắn {callsign}: “{words}”.", "To {callsign}: “{words}”."),
    "CrewMessage.Read": both("{callsign} đã đọc tin nhắn.", "{callsign} has read the message."),
    "AutoDispatch.Proposed": both(
        "Sẽ tự động điều {callsigns} lúc {due_at} nếu không ai dừng.",
        "{callsigns} will be sent automatically at {due_at} unless somebody stops it.",
    ),
    "AutoDispatch.Vetoed": both("Dừng điều xe tự động.", "Automatic dispatch stopped."),
    "AutoDispatch.Sent": both("Tự động điều {callsigns}.", "{callsigns} sent automatically."),
    "AutoDispatch.Dropped": both("Bỏ đề xuất điều xe tự động: {why}.", "Automatic proposal dropped: {why}."),
}
NOBODY_NEXT = both(
    "Không chuyển lệnh cho xe khác; điều phối viên quyết định.",
    "No other unit is offered it; a dispatcher decides.",
)
MISSED_CHECK = both("{callsign} không trả lời kiểm tra an toàn.", "{callsign} missed a safety check.")
DANGER_OVER = both("Hiện trường không còn nguy hiểm.", "The scene is dangerous no more.")
CONFIRMED = both("Xác nhận “{milestone}” của {callsign}.", "Prompt “{milestone}” of {callsign} confirmed.")

RUN_OUTCOMES: dict[str, Text] = {
    "treated_on_scene": both("sơ cứu tại chỗ, không chuyển viện", "treated at the scene"),
    "refused": both("bệnh nhân từ chối", "the patient refused"),
    "dead_on_scene": both("tử vong tại hiện trường", "found dead, or died at the scene"),
    "nobody_found": both("không tìm thấy bệnh nhân", "nobody found"),
    "taken_by_others": both("người khác đã đưa đi", "taken by others"),
}
ALARM_OUTCOMES: dict[str, Text] = {
    "safe": both("kíp xe an toàn", "the crew is safe"),
    "helped": both("đã hỗ trợ tại chỗ", "help reached them"),
    "police_sent": both("đã chuyển công an xử lý", "handed to the police"),
    "false_alarm": both("bấm nhầm", "pressed by mistake"),
    "answered": both("kíp xe đã trả lời", "the crew answered"),
}
DROPPED: dict[str, Text] = {
    "by_hand": both("điều phối viên đã điều xe", "a dispatcher sent somebody"),
    "closed": both("vụ đã đóng", "the incident was closed"),
    "not_free": both("xe không còn sẵn sàng", "the unit is not free any more"),
    "place_in_doubt": both("vị trí chưa được xác nhận", "the place is not confirmed"),
}


def sentence_for(topic: str, data: Row) -> Text | None:
    """The sentence of one fact, None where this is not ours to say."""
    match topic:
        case "Offer.PassedOn" if data["next_callsign"] is None:
            return NOBODY_NEXT
        case "CrewSafety.AlarmRaised" if data["kind"] == "welfare":
            return MISSED_CHECK
        case "Incident.DangerTold" if data["danger"] is None:
            return DANGER_OVER
        case "Prompt.Answered" if data["answer"] == "confirmed":
            return CONFIRMED
    return SENTENCES.get(topic)


def gaps_for(topic: str, data: Row, language: str) -> dict[str, str]:
    """Codes in words, for the sentences above."""
    gaps = {}
    if topic.startswith(("Prompt.", "Run.Undone")):
        gaps["milestone"] = MILESTONES[data["milestone"]][language]
    if topic == "Offer.Lapsed":
        gaps["within"] = f"{data['within_s']:.0f}"
    if topic == "Offer.SeenUnderWay":
        gaps["moved"] = f"{data['moved_m']:.0f}"
    if topic == "Run.OutcomeTold":
        gaps["outcome"] = _said(RUN_OUTCOMES, data["outcome"], language)
    if topic == "CrewSafety.AlarmClosed":
        gaps["outcome"] = _said(ALARM_OUTCOMES, data["outcome"], language)
    if topic == "AutoDispatch.Dropped":
        gaps["why"] = _said(DROPPED, data["why"], language)
    if topic in ("AutoDispatch.Proposed", "AutoDispatch.Sent"):
        gaps["callsigns"] = ", ".join(data["callsigns"])
    return gaps


def _said(words: dict[str, Text], code: str, language: str) -> str:
    return words[code][language] if code in words else code
