"""What the timeline says of the alarms of the desk."""

from projections.rows import Row
from projections.words import Text, both

RAISED: dict[str, Text] = {
    "waiting": both("Cảnh báo: vụ chờ xe quá lâu.", "Alarm: waiting for a unit for too long."),
    "untaken": both("Cảnh báo: không xe nào nhận lệnh.", "Alarm: no unit took the order."),
    "handover": both(
        "Cảnh báo: {callsign} chờ bàn giao quá lâu.", "Alarm: {callsign} waits too long to hand over."
    ),
    "unread": both("Cảnh báo: {callsign} chưa đọc tin nhắn.", "Alarm: {callsign} has not read a message."),
}
SENTENCES: dict[str, Text] = {
    "DeskAlarm.Acknowledged": both("Đã tiếp nhận cảnh báo.", "The alarm was acknowledged."),
    "DeskAlarm.Escalated": both(
        "Chưa ai tiếp nhận cảnh báo: đã báo trưởng ca.",
        "Nobody acknowledged the alarm: the supervisor was told.",
    ),
    "DeskAlarm.Shelved": both("Tạm gác cảnh báo: {reason}.", "The alarm was shelved: {reason}."),
    "DeskAlarm.Returned": both("Cảnh báo hết thời gian tạm gác.", "The alarm is back from the shelf."),
    "DeskAlarm.Ended": both("Cảnh báo đã hết.", "The alarm is over."),
}


def sentence_for(topic: str, data: Row) -> Text | None:
    if topic == "DeskAlarm.Raised":
        return RAISED.get(data["kind"])
    return SENTENCES.get(topic)
