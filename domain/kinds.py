"""Every kind of thing that has a history: whoever reads a log must know them all, or cannot read on."""

from domain.auto_dispatch import AutoDispatch
from domain.base import Aggregate
from domain.bed_ledger import BedLedger
from domain.call import Call
from domain.caller import Caller
from domain.crew_message import CrewMessage
from domain.crew_safety import CrewSafety
from domain.day_book import DayBook
from domain.decision import Decision
from domain.desk_alarm import DeskAlarm
from domain.hospital import Hospital
from domain.incident import Incident
from domain.offer import Offer
from domain.patient import Patient
from domain.policy_book import PolicyBook
from domain.prompt import Prompt
from domain.protocol import Protocols
from domain.receipt import Receipt
from domain.referral import Referral
from domain.roads import Roads
from domain.roll import Roll
from domain.run import Run
from domain.transfer import Transfer, TransferMode
from domain.unit import Unit

KINDS: tuple[type[Aggregate], ...] = (
    AutoDispatch,
    BedLedger,
    Call,
    Caller,
    CrewMessage,
    CrewSafety,
    DayBook,
    Decision,
    DeskAlarm,
    Hospital,
    Incident,
    Offer,
    Patient,
    PolicyBook,
    Prompt,
    Protocols,
    Receipt,
    Referral,
    Roads,
    Roll,
    Run,
    Transfer,
    TransferMode,
    Unit,
)
