"""When answers come after the incident was opened: what changes at once, and what is only proposed.

Help grows at the first word and shrinks at the last: a higher urgency counts as soon as it is said, a lower
one only when the card has nothing left to ask that could raise it again, and only from the caller who was
believed so far. What a person decided stays until a person decides otherwise.
"""

from typing import Literal, NamedTuple

from dispatch.policies.card import Words
from dispatch.policies.triage import Judgement
from dispatch.policies.urgency import rank

Move = Literal["apply", "propose", "keep"]

REASONS: dict[str, Words] = {
    "set_by_hand": {
        "vi": "Mức ưu tiên do người điều phối đặt; hãy xác nhận nếu muốn đổi.",
        "en": "A person set the priority; confirm the change if it is wanted.",
    },
    "unfinished": {
        "vi": "Chưa hỏi xong: chưa hạ mức khi còn câu hỏi có thể làm thay đổi kết quả.",
        "en": "The card is not finished: a question still open could change it.",
    },
    "other_call": {
        "vi": "Người gọi khác mô tả nhẹ hơn; giữ theo người gọi trước.",
        "en": "Another caller tells it milder; the earlier one is believed.",
    },
    "other_picture": {
        "vi": "Người gọi khác mô tả khác, cùng mức; hãy chọn cách phân loại đúng.",
        "en": "Another caller tells of something else, as urgent; choose which is right.",
    },
    "other_card": {
        "vi": "Thẻ câu hỏi khác, cùng mức, chưa hỏi xong: giữ cách phân loại trước; hãy hỏi tiếp hoặc chọn.",
        "en": "Another card, as urgent and not finished: what was found before stands; ask on, or choose.",
    },
    "no_emergency": {
        "vi": "Theo câu trả lời thì không cần xe cấp cứu; hãy đóng vụ hoặc chuyển bác sĩ xem lại.",
        "en": "By the answers no ambulance is needed; close it, or have a clinician look at it.",
    },
}


class Standing(NamedTuple):
    """How the incident stands.

    set_by_hand : a person chose the priority, against the answers or after them
    believed    : its determinant comes from this very call; where there is none yet, this is its first caller
    determinant : what it is said to be
    other_card  : that was found by a card which does not lead to the one now asked
    """

    priority: str
    set_by_hand: bool
    believed: bool
    determinant: str | None = None
    other_card: bool = False


class Retriage(NamedTuple):
    """why : a key of REASONS where the move is "propose"."""

    move: Move
    why: str | None = None


def retriage(standing: Standing, said: Judgement) -> Retriage:
    change = rank(said.determinant.priority) - rank(standing.priority)
    if change == 0:
        return _as_urgent(standing, said)
    if said.determinant.priority is None:
        return Retriage("propose", "no_emergency")
    if standing.set_by_hand:
        return Retriage("propose", "set_by_hand")
    if change < 0:
        return Retriage("apply")
    if not standing.believed:
        return Retriage("propose", "other_call")
    return Retriage("apply") if said.settled else Retriage("propose", "unfinished")


def _as_urgent(standing: Standing, said: Judgement) -> Retriage:
    """Only opening a card says nothing of the patient: it takes no suspicion away from another card."""
    if standing.determinant is None:
        return Retriage("apply")
    same = said.determinant.code == standing.determinant
    if not standing.believed:
        return Retriage("keep") if same else Retriage("propose", "other_picture")
    if standing.other_card and not (same or said.settled):
        return Retriage("propose", "other_card")
    return Retriage("apply")
