"""How a call or an incident came out in the end. Figures count these: few words, and never typed by hand."""

from enum import StrEnum

from domain.triage_errors import BadOutcome


class Outcome(StrEnum):
    """Help without an ambulance is an outcome of its own, not a lack of one."""

    CONVEYED = "conveyed"
    TREATED_ON_SCENE = "treated_on_scene"
    ADVICE_ONLY = "advice_only"
    REFERRED = "referred"
    SELF_TRANSPORT = "self_transport"
    NO_AMBULANCE_NEEDED = "no_ambulance_needed"
    PATIENT_REFUSED = "patient_refused"
    NOBODY_FOUND = "nobody_found"
    DIED = "died"
    CANCELLED = "cancelled"
    DUPLICATE = "duplicate"
    NO_EMERGENCY = "no_emergency"
    NUISANCE = "nuisance"
    SILENT = "silent"
    ABANDONED = "abandoned"


WITHOUT_AMBULANCE = frozenset(
    {Outcome.ADVICE_ONLY, Outcome.REFERRED, Outcome.SELF_TRANSPORT, Outcome.NO_AMBULANCE_NEEDED}
)
"""Somebody was helped, and no ambulance was needed for it."""

TITLES: dict[str, dict[str, str]] = {
    Outcome.CONVEYED: {"vi": "đã đưa đến bệnh viện", "en": "taken to hospital"},
    Outcome.TREATED_ON_SCENE: {"vi": "xử trí tại chỗ", "en": "treated on scene"},
    Outcome.ADVICE_ONLY: {"vi": "chỉ tư vấn qua điện thoại", "en": "advice only"},
    Outcome.REFERRED: {"vi": "giới thiệu đến cơ sở y tế khác", "en": "referred elsewhere"},
    Outcome.SELF_TRANSPORT: {"vi": "tự đến bệnh viện", "en": "goes to hospital by own means"},
    Outcome.NO_AMBULANCE_NEEDED: {"vi": "không cần xe cấp cứu", "en": "no ambulance needed"},
    Outcome.PATIENT_REFUSED: {"vi": "bệnh nhân từ chối", "en": "patient refused"},
    Outcome.NOBODY_FOUND: {"vi": "không tìm thấy bệnh nhân", "en": "nobody found"},
    Outcome.DIED: {"vi": "tử vong", "en": "died"},
    Outcome.CANCELLED: {"vi": "người gọi hủy yêu cầu", "en": "cancelled by the caller"},
    Outcome.DUPLICATE: {"vi": "trùng với cuộc gọi hoặc vụ khác", "en": "duplicate"},
    Outcome.NO_EMERGENCY: {"vi": "không có ai cần cấp cứu", "en": "nobody was ill or hurt"},
    Outcome.NUISANCE: {"vi": "quấy rối", "en": "nuisance"},
    Outcome.SILENT: {"vi": "không có ai lên tiếng", "en": "silent call"},
    Outcome.ABANDONED: {"vi": "gác máy trước khi trả lời", "en": "hung up before the answer"},
}


def outcome_named(name: str) -> Outcome:
    """Raises BadOutcome for a word that is none."""
    try:
        return Outcome(name)
    except ValueError:
        raise BadOutcome(outcome=name[:40], known=", ".join(Outcome)) from None
