"""What the determinants of the first card are called: facts of before did not tell it themselves."""

FORMER_TITLES: dict[str, dict[str, str]] = {
    "cardiac_arrest": {"vi": "Ngừng tim, ngừng thở", "en": "Cardiac arrest"},
    "unconscious": {"vi": "Bất tỉnh, còn thở", "en": "Unconscious, breathing"},
    "heavy_bleeding": {"vi": "Chảy máu nhiều", "en": "Heavy bleeding"},
    "child_breathless": {"vi": "Trẻ khó thở", "en": "Child short of breath"},
    "breathless": {"vi": "Khó thở", "en": "Short of breath"},
    "chest_pain": {"vi": "Đau ngực", "en": "Chest pain"},
    "stroke": {"vi": "Nghi đột quỵ", "en": "Suspected stroke"},
    "birth": {"vi": "Chuyển dạ", "en": "Labour"},
    "injury": {"vi": "Chấn thương", "en": "Injury"},
    "sick_child": {"vi": "Trẻ bệnh", "en": "Sick child"},
    "unwell": {"vi": "Mệt, chưa rõ nguyên nhân", "en": "Unwell"},
    "transfer": {"vi": "Chuyển viện", "en": "Transfer"},
    "not_an_emergency": {"vi": "Không phải cấp cứu", "en": "Not an emergency"},
}
