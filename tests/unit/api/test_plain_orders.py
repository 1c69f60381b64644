"""No order carries marks that nobody sees into the log, the screens and the printed timeline."""

import json
import re
import unicodedata

import pytest

from api.accounts.errors import BadUsername
from api.accounts.rules import new_account
from api.first_run.app import create_setup_app
from api.first_run.telling import Telling
from api.main import create_app
from api.schema.accounts import NewAccount
from api.schema.care import NewPreAlert
from api.schema.orders import NewCall, Order
from api.schema.triage import Answers
from dispatch import checks
from domain.errors import BadText

RTL = "\u202e"


def test_text_of_an_order_loses_control_characters_and_marks_of_direction():
    said = f"ngã cầu thang\x00 \x1b[31m{RTL}gnuhk\u2069\nđau đầu"
    call = NewCall(phone="0900 000 001", complaint=said, address="12\u200f Lê Lợi\x07")
    assert call.complaint == "ngã cầu thang [31mgnuhk\nđau đầu"
    assert call.address == "12 Lê Lợi"
    assert NewPreAlert(condition=f"{RTL}tím tái").condition == "tím tái"


@pytest.mark.parametrize("text", ["Nguyễn Thị Hằng", "👩\u200d⚕️", "ក្រុង", "عربي", "a\tb\nc"])
def test_letters_of_every_language_stay(text):
    assert checks.words("reason", text) == text


NOTHING = [
    f"\x00{RTL}",
    f" {RTL} ",
    "\u200b",
    "\ufeff \u2060\u00ad",
    "\u200d\u200c",
    "\u3164",
    "\u2800",
    "\u0301",
    "\u3000",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_nobody_can_see_is_empty(text):
    with pytest.raises(BadText):
        checks.words("reason", text)
    assert checks.optional_words("reason", text) is None


@pytest.mark.parametrize("text", ["!", "9", "?", "👍", "ạ"])
def test_one_sign_is_enough(text):
    assert checks.words("reason", text) == text


def test_vietnamese_is_kept_in_one_spelling_however_it_was_typed():
    """Some keyboards write the marks behind the letters: the words would look the same and never be found."""
    said = unicodedata.normalize("NFD", "Ngã cầu thang, hẻm 12 Lê Lợi, phường Bến Thành")
    call = NewCall(
        phone="0900 000 001", complaint=said, caller_name=unicodedata.normalize("NFD", "Đặng Thị Hồng")
    )
    assert call.complaint == unicodedata.normalize("NFC", said) != said
    assert call.caller_name == "Đặng Thị Hồng"
    assert checks.words("complaint", said) == call.complaint
    assert checks.words("complaint", "L\u00ea\u200b L\u01a1\u0323i") == "Lê Lợi"


def test_keys_are_in_one_spelling_too():
    answered = Answers.model_validate(
        {"protocol": "chest_pain", "answers": {unicodedata.normalize("NFD", "thở"): "có"}}
    )
    assert list(answered.answers) == ["thở"]


def test_what_is_typed_for_an_account_is_refused_rather_than_altered():
    body = NewAccount(username=f"an{RTL}na", password=f"x{RTL}y", role="dispatcher")
    assert (body.username, body.password) == (f"an{RTL}na", f"x{RTL}y")
    with pytest.raises(BadUsername):
        new_account(body.username, body.role, None, None)


AS_TYPED = {"Login", "Again", "Code", "MapPath", "NewUser"}
"""Passwords, codes, a user name and the path of a file: what is typed there is meant to the letter."""
NO_TEXT = {"Finish", "SecondFactorWanted"}


def test_every_body_comes_in_by_the_one_door(tmp_path):
    setup = create_setup_app(Telling(tmp_path, tmp_path, accounts=None), "key", None, lambda: None)
    bodies = {*bodies_of(create_app(never)), *bodies_of(setup)}
    assert len(bodies) > 60
    assert bodies - {each.__name__ for each in below(Order)} <= AS_TYPED | NO_TEXT


def never():
    raise AssertionError("nothing is opened")


def below(kind):
    for each in kind.__subclasses__():
        yield each
        yield from below(each)


def bodies_of(app):
    """The names of the models that orders are read with."""
    for acts in app.openapi()["paths"].values():
        for act in acts.values():
            yield from re.findall(r"#/components/schemas/([A-Za-z0-9]+)", json.dumps(act.get("requestBody")))
