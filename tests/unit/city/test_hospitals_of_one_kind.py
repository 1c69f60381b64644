"""Nobody with a broken skull is driven to the eye hospital because it lies nearest."""

import re
from pathlib import Path

import pytest

from dispatch.city_file import load_city

CITIES = Path(__file__).parents[3] / "cities"
ONE_KIND = {
    "Mắt": {"ophthalmology"},
    "Tai Mũi Họng": {"ent"},
    "Răng Hàm Mặt": {"maxillofacial"},
    "Ung bướu": {"oncology"},
    "Tâm thần": {"psychiatric"},
    "Nhi đồng|Nhi Hoa Sen": {"paediatrics"},
    "Phụ sản|Hùng Vương|Từ Dũ$": {"obstetrics"},
    "Nhiệt đới|Phạm Ngọc Thạch": {"infectious"},
    "Viện Tim|Bệnh viện Tim": {"cardiac"},
    "Chỉnh hình|ITO": {"orthopaedics"},
}
"""What a hospital's name says it is for -> what it is sought for at the least."""


@pytest.mark.parametrize("city", ["hcmc", "demo"])
def test_a_hospital_that_is_named_after_one_kind_of_care_takes_nobody_else(city):
    hospitals = load_city(CITIES / city).hospitals
    seen = 0
    for hospital in hospitals:
        for name, sought in ONE_KIND.items():
            if re.search(name, hospital.name):
                assert sought <= set(hospital.specialities), hospital.name
                assert "general" not in hospital.specialities, hospital.name
                seen += 1
    assert seen >= 4


def test_every_city_has_hospitals_for_everybody():
    for city in ("hcmc", "demo"):
        general = [each for each in load_city(CITIES / city).hospitals if "general" in each.specialities]
        assert len(general) >= 3
