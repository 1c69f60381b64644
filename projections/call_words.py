"""What people read of suspected callers, places in doubt, and calls and incidents joined and separated."""

from projections.rows import Row
from projections.words import Text, both

SENTENCES: dict[str, Text] = {
    "Call.PlaceSaid": both("Nguồn vị trí: {whence}.", "The place is known from {whence}."),
    "Call.Suspected": both(
        "Số hay gọi quấy rối ({score} điểm); cuộc gọi xếp sau, không bị bỏ.",
        "The number often rings for nothing ({score} points); the call waits behind others, never dropped.",
    ),
    "Call.Raised": both("Coi là cấp cứu thật.", "Taken for a real emergency."),
    "Call.Claimed": both("{by} nghe máy.", "{by} speaks with the caller."),
    "Call.Released": both("{by} trả cuộc gọi về hàng đợi.", "{by} gave the call back to the queue."),
    "Call.Separated": both("Tách cuộc gọi khỏi vụ.", "The call was separated from its incident."),
    "Incident.CallSeparated": both(
        "Tách một cuộc gọi khỏi vụ này.", "A call was separated from this incident."
    ),
    "Incident.PlaceSaid": both("Nguồn vị trí: {whence}.", "The place is known from {whence}."),
    "Incident.PlaceConfirmed": both("Đã xác nhận vị trí.", "The place was confirmed."),
    "Incident.Merged": both("Gộp vào vụ #{into_number}.", "Merged into incident #{into_number}."),
    "Incident.Unmerged": both(
        "Tách lại khỏi vụ #{into_number}.", "Separated again from incident #{into_number}."
    ),
    "Incident.Absorbed": both("Gộp vụ #{number} vào vụ này.", "Incident #{number} was merged into this one."),
    "Incident.GaveBack": both("Tách vụ #{number} ra lại.", "Incident #{number} was separated again."),
    "Incident.Combined": both(
        "Nay là: {title}; số bệnh nhân: {patients}.", "It is now: {title}; patients: {patients}."
    ),
    "Run.Briefed": both(
        "Kíp {callsign} được báo lời người gọi: {said}.", "{callsign} was told in the caller's words: {said}."
    ),
}
UNCERTAIN = both(
    " Chưa chắc chắn: phải xác nhận trước khi điều xe.",
    " Not certain: to be confirmed before anybody is sent.",
)
UNTRIAGED = both("chưa phân loại", "not triaged yet")

SOURCES: dict[str, Text] = {
    "gazetteer": both("bản đồ, theo địa chỉ", "the gazetteer"),
    "map": both("điểm chọn trên bản đồ", "a point on the map"),
    "caller_phone": both("điện thoại người gọi", "the caller's telephone"),
    "coordinates": both("tọa độ", "coordinates"),
    "words": both("lời người gọi", "words alone"),
}


def sentence_for(topic: str, data: Row) -> Text | None:
    """The sentence of one fact, None where this is not ours to say."""
    told = SENTENCES.get(topic)
    if topic == "Incident.PlaceSaid" and told is not None and not data["certain"]:
        return {language: told[language] + UNCERTAIN[language] for language in told}
    return told


def gaps_for(topic: str, data: Row, language: str) -> dict[str, str]:
    """Codes and figures in words, for the sentences above."""
    if topic.endswith(".PlaceSaid"):
        return {"whence": _whence(data, language)}
    if topic == "Incident.Combined":
        named = data["title"] or UNTRIAGED
        return {"title": named[language] if data["title"] or not data["determinant"] else data["determinant"]}
    if topic == "Run.Briefed":
        said = [part for part in (data["complaint"], data["address"]) if part]
        return {"said": "“" + " — ".join(said) + "”"}
    return {}


def _whence(data: Row, language: str) -> str:
    source = data["source"]
    named = SOURCES[source][language] if source in SOURCES else source
    if data["confidence"] is None:
        return named
    sure = {"vi": "độ tin cậy", "en": "confidence"}[language]
    return f"{named} ({sure} {round(data['confidence'] * 100)} %)"
