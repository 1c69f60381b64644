"""No order carries marks that nobody sees into the log, the screens and the printed timeline."""

import pytest

from api.schema.care import NewPreAlert
from api.schema.orders import NewCall
from dispatch import checks
from domain.errors import BadText

RTL = "\u202e"


def test_text_of_an_order_loses_control_characters_and_marks_of_direction():
    said = f"ngã cầu thang\x00 \x1b[31m{RTL}gnuhk\u2069\nđau đầu"
    call = NewCall(phone="0900 000 001", complaint=said, address="12\u200f Lê Lợi\x07")
    assert call.complaint == "ngã cầu thang [31mgnuhk\nđau đầu"
    assert call.address == "12 Lê Lợi"
    assert NewPreAlert(condition=f"{RTL}tím tái").condition == "tím tái"


@pytest.mark.parametrize("text", ["Nguyễn Thị Hằng", "e\u0301", "👩\u200d⚕️", "ក្រុង", "عربي", "a\tb\nc"])
def test_letters_of_every_language_stay(text):
    assert checks.words("reason", text) == text


def test_what_holds_nothing_else_is_empty():
    with pytest.raises(BadText):
        checks.words("reason", f"\x00{RTL}")
    assert checks.optional_words("reason", f" {RTL} ") is None
