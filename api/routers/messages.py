"""What the centre writes to crews, and that they have read it."""

from uuid import UUID, uuid4

from api import lens
from api.accounts.guard import SignedIn, insist_on_unit
from api.dependencies import Desk, FieldWorker, TheCentre
from api.hand import TheHand, now
from api.recent import still_wanted
from api.room import Room
from api.schema import answers
from api.schema.messages import MessageRead, MessageRow, NewMessage
from dispatch.handlers.message_crew import MessageCrew, ReadMessage, message_crew, read_message
from domain.crew_message_errors import UnknownMessage

router = Room(tags=["messages to crews"])


@router.get("/messages")
def messages(account: SignedIn, centre: TheCentre) -> list[MessageRow]:
    """Those of the last twelve hours, the oldest first. A crew sees its own."""
    moment = now()
    rows = [row for row in centre.views.rows("messages") if still_wanted("messages", row, moment)]
    seen = [MessageRow.model_validate(row) for row in lens.through(account, "messages", rows)]
    return sorted(seen, key=lambda row: (row.sent_at, row.id))


@router.post("/units/{callsign}/messages", status_code=201)
def write(callsign: str, body: NewMessage, hand: TheHand, _: Desk, centre: TheCentre) -> answers.Done:
    """Some words to the crew of a unit on duty; its phone shows them until they are said to be read."""
    message_id = body.id or uuid4()
    act = hand.act(*(("message", message_id) if body.id else ()))
    return answers.Done(**centre.order(MessageCrew(act, message_id, callsign, body.text), message_crew))


@router.post("/messages/{message_id}/read")
def read(
    message_id: UUID, body: MessageRead, hand: TheHand, account: FieldWorker, centre: TheCentre
) -> answers.Done:
    """The crew has read it; or the desk, which told it by radio."""
    row = centre.row("messages", str(message_id))
    if row is None:
        raise UnknownMessage(message_id=message_id)
    insist_on_unit(account, row["callsign"])
    command = ReadMessage(hand.act(at=body.at), message_id)
    return answers.Done(**centre.order(command, read_message))
