"""What people read of patients with tags, of asking hospitals, and of pre-alerts."""

from collections.abc import Mapping
from typing import Any

from domain.casualty import Category
from domain.patient import Stage
from projections.rows import Row
from projections.words import Text, both

COLOURS: dict[str, Text] = {
    Category.RED: both("đỏ", "red"),
    Category.YELLOW: both("vàng", "yellow"),
    Category.GREEN: both("xanh", "green"),
    Category.BLACK: both("đen", "black"),
}
STAGES: dict[str, Text] = {
    Stage.ON_THE_WAY: both("đang trên đường đến {hospital}", "is on the way to {hospital}"),
    Stage.AT_HOSPITAL: both("đã đến {hospital}", "arrived at {hospital}"),
    Stage.HANDED_OVER: both("đã bàn giao cho {hospital}", "was handed over to {hospital}"),
}
NOT_REACHED: dict[str, Text] = {
    Stage.ON_THE_WAY: both("lên đường", "was said to be on the way"),
    Stage.AT_HOSPITAL: both("đến bệnh viện", "was said to have arrived"),
    Stage.HANDED_OVER: both("được bàn giao", "was said to be handed over"),
}
OUTCOMES: dict[str, Text] = {
    "treated_on_scene": both("điều trị tại chỗ", "treated on scene"),
    "refused": both("từ chối đi", "refused to go"),
    "dead": both("tử vong", "dead"),
    "mistaken": both("ghi nhầm", "tagged by mistake"),
    "incident_closed": both("vụ đã đóng", "the incident was closed"),
}
ACCEPTED = both("{hospital} đồng ý tiếp nhận.", "{hospital} takes the patient.")
SENTENCES: dict[str, Text] = {
    "Referral.Answered": ACCEPTED,
    "Patient.Entered": both("Ghi nhận bệnh nhân {tag}.", "Patient {tag} was entered."),
    "Patient.Triaged": both("Bệnh nhân {tag}: phân loại {colour}.", "Patient {tag}: {colour}."),
    "Patient.Destined": both("Bệnh nhân {tag} sẽ đến {hospital}.", "Patient {tag} is to go to {hospital}."),
    "Patient.Boarded": both("Bệnh nhân {tag} lên xe {callsign}.", "Patient {tag} is aboard {callsign}."),
    "Patient.Alighted": both("Bệnh nhân {tag} xuống xe.", "Patient {tag} is off the vehicle again."),
    "Patient.Reboarded": both(
        "Rút lại: bệnh nhân {tag} vẫn ở trên xe {callsign}.",
        "Taken back: patient {tag} is aboard {callsign} as before.",
    ),
    "Patient.Moved": both("Bệnh nhân {tag} {moved}.", "Patient {tag} {moved}."),
    "Patient.TurnedBack": both(
        "Rút lại: bệnh nhân {tag} chưa {moved}.", "Taken back: patient {tag} {moved} by mistake."
    ),
    "Patient.Ended": both("Bệnh nhân {tag}: {ended}.", "Patient {tag}: {ended}."),
    "Referral.Asked": both(
        "Hỏi {hospital} có tiếp nhận không.", "{hospital} was asked whether it takes the patient."
    ),
    "Referral.Unanswered": both("{hospital} không trả lời kịp.", "{hospital} did not answer in time."),
    "Referral.PreAlerted": both("Đã báo trước cho {hospital}.", "{hospital} was told what is coming."),
}
SENT_ON = both("{hospital} đề nghị chuyển nơi khác: {reason}.", "{hospital} asks to go elsewhere: {reason}.")
NEXT_ONE = both(" Đề xuất tiếp: {proposed_name}.", " Proposed next: {proposed_name}.")


def sentence_for(topic: str, data: Row) -> Text | None:
    """The sentence of one fact, None where this is not ours to say."""
    told = SENTENCES.get(topic)
    if topic == "Referral.Answered" and data["answer"] == "redirect":
        told = SENT_ON
    if told is not None and topic.startswith("Referral.") and data.get("proposed"):
        return {language: told[language] + NEXT_ONE[language] for language in told}
    return told


def gaps_for(topic: str, data: Row, language: str, hospitals: Mapping[str, Text]) -> dict[str, Any]:
    """What the sentences above name beside the facts themselves, in words."""
    if not topic.startswith(("Patient.", "Referral.")):
        return {}
    name = data.get("hospital_id")
    where = _name(name, language, hospitals) if name else both("(chưa chọn)", "(none chosen)")[language]
    gaps: dict[str, Any] = {}
    if data.get("proposed"):
        gaps["proposed_name"] = _name(data["proposed"], language, hospitals)
    if topic == "Patient.Triaged":
        gaps["colour"] = COLOURS.get(data["category"], both("?", "?"))[language]
    if topic == "Patient.TurnedBack":
        gaps["moved"] = NOT_REACHED.get(data["stage"], both("?", "?"))[language]
    if topic == "Patient.Moved":
        gaps["moved"] = STAGES.get(data["stage"], both("?", "?"))[language].format(hospital=where)
    if topic == "Patient.Ended":
        gaps["ended"] = OUTCOMES.get(data["outcome"], both(data["outcome"], data["outcome"]))[language]
    return {**gaps, "hospital": where}


def _name(hospital_id: str, language: str, hospitals: Mapping[str, Text]) -> str:
    return hospitals.get(hospital_id, both(hospital_id, hospital_id))[language]
