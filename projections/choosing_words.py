"""What the timeline says of alarm levels, and of units taken from one incident for another."""

from projections.words import Text, both

SENTENCES: dict[str, Text] = {
    "Incident.AlarmLevelSet": both(
        "Đổi cấp báo động từ {was} sang {level}: {reason}.",
        "Alarm level changed from {was} to {level}: {reason}.",
    ),
    "Incident.UnitTaken": both(
        "{callsign} được rút sang vụ #{to_number} ({to_priority}): {reason}. Vụ này chờ lại.",
        "{callsign} was taken to incident #{to_number} ({to_priority}): {reason}. This one waits again.",
    ),
    "Incident.UnitGained": both(
        "{callsign} được rút từ vụ #{from_number} ({from_priority}) sang vụ này: {reason}.",
        "{callsign} was taken from incident #{from_number} ({from_priority}) for this one: {reason}.",
    ),
}


def sentence_for(topic: str) -> Text | None:
    return SENTENCES.get(topic)
