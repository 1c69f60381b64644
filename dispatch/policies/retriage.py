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
    "no_emergency": {
        "vi": "Theo câu trả lời thì không cần xe cấp cứu; hãy đóng vụ hoặc chuyển bác sĩ xem lại.",
        "en": "By the answers no ambulance is needed; close it, or have a clinician look at it.",
    },
}


class Standing(NamedTuple):
    """How the incident stands.

    set_by_hand : a person chose the priority, against the answers or after them
    believed    : its determinant comes from this very call, or from none yet
    determinant : what it is said to be
    """

    priority: str
    set_by_hand: bool
    believed: bool
    determinant: str | None = None


class Retriage(NamedTuple):
    """why : a key of REASONS where the move is "propose"."""

    move: Move
    why: str | None = None


def retriage(standing: Standing, said: Judgement) -> Retriage:
    change = rank(said.determinant.priority) - rank(standing.priority)
    if change == 0:
        if standing.believed:
            return Retriage("apply")
        same = said.determinant.code == standing.determinant
        return Retriage("keep") if same else Retriage("propose", "other_picture")
    if said.determinant.priority is None:
        return Retriage("propose", "no_emergency")
    if standing.set_by_hand:
        return Retriage("propose", "set_by_hand")
    if change < 0:
        return Retriage("apply")
    if not standing.believed:
        return Retriage("propose", "other_call")
    return Retriage("apply") if said.settled else Retriage("propose", "unfinished")
