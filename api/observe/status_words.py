"""The words of the status page, in both languages."""

from api.observe.vitals import State, Words

LANGUAGES = ("vi", "en")

HEADINGS: dict[State, Words] = {
    State.WELL: {"vi": "Hoạt động bình thường", "en": "All is well"},
    State.LATE: {"vi": "Đang hoạt động, có vấn đề", "en": "Working, with trouble"},
    State.FAILED: {"vi": "Không nhận được cuộc gọi", "en": "No call can be taken"},
}
MEANWHILE: Words = {
    "vi": "Hãy ghi cuộc gọi ra giấy. Việc cần làm: docs/operator.md.",
    "en": "Write calls on paper meanwhile. What to do: docs/operator.md.",
}
"""Under the heading where no call can be taken."""

MARKS = {State.WELL: "●", State.LATE: "▲", State.FAILED: "■"}
"""Colour never works alone."""

STATES: dict[State, Words] = {
    State.WELL: {"vi": "tốt", "en": "well"},
    State.LATE: {"vi": "chậm", "en": "late"},
    State.FAILED: {"vi": "hỏng", "en": "failed"},
}

PARTS: dict[str, Words] = {
    "log": {"vi": "Nhật ký sự kiện", "en": "Event log"},
    "view": {"vi": "Dữ liệu màn hình", "en": "Live views"},
    "copy": {"vi": "Bản lưu màn hình", "en": "Stored views"},
    "roads": {"vi": "Đường đi", "en": "Roads"},
    "feed": {"vi": "Màn hình đang nối", "en": "Screens"},
    "pings": {"vi": "Vị trí xe", "en": "Positions"},
    "alarms": {"vi": "Cảnh báo", "en": "Alarms"},
    "disk": {"vi": "Ổ đĩa", "en": "Disk"},
    "database": {"vi": "Cơ sở dữ liệu", "en": "Database"},
    "listener": {"vi": "Kênh nghe cơ sở dữ liệu", "en": "Database listener"},
    "pen": {"vi": "Quyền ghi", "en": "Right to write"},
    "projector": {"vi": "Dữ liệu PostGIS", "en": "PostGIS views"},
    "relay": {"vi": "Chuyển tiếp Kafka", "en": "Relay to Kafka"},
    "stream": {"vi": "Cảnh báo chậm trễ", "en": "Soft alerts"},
    "past": {"vi": "Ảnh chụp quá khứ", "en": "Snapshots of the past"},
    "figures": {"vi": "Số liệu", "en": "Figures"},
    "workers": {"vi": "Luồng xử lý của vùng", "en": "Streams of the region"},
    "kafka": {"vi": "Vị trí gửi lên vùng", "en": "Positions to the region"},
    "mqtt": {"vi": "Vị trí qua MQTT", "en": "Positions by MQTT"},
}

VERSIONS: dict[str, Words] = {
    "vigil": {"vi": "Vigil", "en": "Vigil"},
    "map": {"vi": "Bản đồ", "en": "Map"},
    "traffic": {"vi": "Giao thông", "en": "Traffic"},
}

SINCE: Words = {"vi": "từ", "en": "since"}
RUNNING: Words = {"vi": "Chạy từ", "en": "Running since"}
STILL: Words = {
    "vi": "Trang tự làm mới mỗi {every} giây. Nếu đồng hồ đứng yên, trang đã mất kết nối.",
    "en": "Renews itself every {every} s. If this clock stands still, the page is cut off.",
}
OTHER: Words = {"vi": "English", "en": "Tiếng Việt"}
