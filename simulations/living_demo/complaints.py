"""What people say when they ring, and what they answer to the questions. Invented; nobody's words."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Story:
    """answers : question id -> answer of the general card
    weight  : how often it is told, against the others
    people  : the most patients it may have
    """

    complaint: str
    answers: dict[str, str] = field(default_factory=dict)
    weight: float = 1.0
    people: int = 1


@dataclass(frozen=True, slots=True)
class Nuisance:
    """A call that needs nobody. `asked`: the questions were put before it was closed."""

    complaint: str
    reason: str
    asked: bool = False
    weight: float = 1.0


def _said(
    problem: str, conscious: str = "yes", breathing: str = "normal", bleeding: str = "no"
) -> dict[str, str]:
    return {"conscious": conscious, "breathing": breathing, "bleeding": bleeding, "problem": problem}


EMERGENCIES = (
    Story("Ba tôi đau ngực dữ dội, vã mồ hôi, lan ra tay trái", _said("chest_pain"), 1.6),
    Story("Bà tôi méo miệng, nói đớ, yếu nửa người bên phải", _said("stroke"), 1.4),
    Story("Có người ngất trên vỉa hè, gọi không tỉnh", _said("unwell", conscious="no"), 1.0),
    Story("Ông cụ ngưng thở rồi, cả nhà đang hoảng", _said("unwell", "no", "none"), 0.5),
    Story("Chồng tôi lên cơn hen, xịt thuốc không đỡ", _said("unwell", breathing="hard"), 0.9),
    Story("Bé 2 tuổi sốt cao co giật", _said("child"), 0.9),
    Story("Bé bị hóc, thở rít, tím môi", _said("child", breathing="hard"), 0.4),
    Story("Hai xe máy tông nhau, một người gãy chân", _said("injury"), 2.2, 2),
    Story("Xe máy va vào xe tải, người chạy xe nằm giữa đường", _said("injury"), 1.2, 2),
    Story("Té giàn giáo cao ba mét, đau lưng không đứng được", _said("injury"), 0.8),
    Story("Bị chém ở tay, máu chảy không cầm", _said("injury", bleeding="heavy"), 0.5),
    Story("Ô tô lùi trúng người đi bộ, chảy máu đầu nhiều", _said("injury", bleeding="heavy"), 0.4, 2),
    Story("Vợ tôi đau bụng từng cơn, vỡ ối rồi", _said("birth"), 0.8),
    Story("Cụ bà té trong nhà tắm, đau háng, không đi được", _said("injury"), 1.0),
    Story("Đau bụng từ đêm qua, nôn nhiều, mệt lả", _said("unwell"), 1.3),
    Story("Chóng mặt, không ngồi dậy nổi, tiểu đường lâu năm", _said("unwell"), 1.2),
    Story("Sốt năm ngày, nghi sốt xuất huyết, chảy máu chân răng", _said("unwell"), 0.9),
    Story("Uống nhầm thuốc trừ sâu, đang nôn", _said("unwell", breathing="hard"), 0.3),
    Story("Ngộ độc thức ăn ở đám giỗ, mấy người cùng nôn", _said("unwell"), 0.4, 4),
    Story("Chuyển bệnh nhân lọc máu về nhà", _said("transfer"), 0.6),
    Story("Xin xe chuyển viện theo hẹn mổ sáng nay", _said("transfer"), 0.6),
)

AGAIN = (
    "Tôi cũng thấy vụ này, xe cứu thương tới chưa?",
    "Có tai nạn ở đây, nhiều người đang đứng coi",
    "Gọi lại: bệnh nhân mệt hơn lúc nãy, sao chưa thấy xe?",
    "Tôi là bảo vệ gần đó, có người cần cấp cứu",
)
"""Said by the second and third who ring for the same thing."""

NUISANCES = (
    Nuisance("Gọi không nói gì, nghe tiếng xe chạy", "Cuộc gọi im lặng", weight=2.5),
    Nuisance("Trẻ em cầm máy chơi", "Trẻ em nghịch máy", weight=2.0),
    Nuisance("Gọi rồi tắt máy ngay", "Tắt máy, không gọi lại được", weight=2.0),
    Nuisance("Hỏi số taxi", "Không phải cấp cứu", weight=1.0),
    Nuisance("Người say gọi nói chuyện phiếm", "Gọi quấy rối", weight=1.5),
    Nuisance("Nhầm số, muốn gọi 113", "Nhầm số, đã chuyển 113", weight=1.0),
    Nuisance("Hỏi giờ khám bảo hiểm của bệnh viện", "Đã hướng dẫn gọi tổng đài bệnh viện", weight=1.0),
    Nuisance("Con ho sổ mũi ba ngày, hỏi uống thuốc gì", "Tư vấn đến phòng khám gần nhất", True, 1.2),
    Nuisance("Đứt tay nhẹ khi nấu ăn, đã cầm máu", "Hướng dẫn sơ cứu, không cần xe", True, 1.0),
    Nuisance("Nhức đầu vì thức khuya, hỏi có cần đi viện", "Tư vấn, không cần xe", True, 1.0),
)

NO_EMERGENCY = _said("no_emergency")

FAMILY = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý",
)  # fmt: skip
GIVEN = (
    "Văn Hùng", "Thị Lan", "Minh Tuấn", "Ngọc Mai", "Thị Hoa", "Quốc Bảo", "Thanh Thảo", "Văn Tám",
    "Thị Bé Ba", "Hoàng Nam", "Kim Ngân", "Gia Huy", "Thị Hương", "Đức Anh", "Mỹ Linh", "Văn Út",
    "Thu Trang", "Hữu Phước",
)  # fmt: skip
"""Common names put together by chance; any likeness is chance, too."""

PHONE_PREFIX = "+84 900 000 "
"""Numbers of the demo's callers: no operator gives out this block."""
