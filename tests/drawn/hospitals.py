"""Words of orders about hospitals: beds, hours, diversions, answers, and transfers between them."""

from typing import Any

from domain.bed_ledger import BedLedger
from domain.hospital import Hospital
from domain.referral import Referral
from domain.run import Run
from domain.transfer import PEACETIME, Transfer, TransferMode
from domain.values import BedCount, ReadBeds
from tests.drawn.chooser import Chooser
from tests.drawn.words import Fit, Said, Word, fresh, in_minutes, mostly, one
from tests.drawn.world import CITY, ED, World


def _hospital(fits: Any) -> Fit[Hospital]:
    return Fit(World.hospitals, fits, lambda hospital: hospital.hospital_id, lambda world: "nowhere")


def _promises_are_due(hospital: Hospital, world: World, said: Said) -> bool:
    ledger = world.find(BedLedger, BedLedger.create_id(hospital.hospital_id, ED))
    ends = [hospital.diverting_until, *(hold.until for hold in ledger.holds.values())] if ledger else []
    return any(end is not None and end <= world.now for end in ends)


def _counted(world: World, chooser: Chooser, said: Said) -> dict[str, BedCount]:
    staffed = chooser.one_of([4, 2, 1])
    return {ED: BedCount(staffed, chooser.one_of([0, 1, staffed + 1 if chooser.seldom() else staffed]))}


def _read(world: World, chooser: Chooser, said: Said) -> dict[str, ReadBeds]:
    """As it stands; seldom as it stood before somebody else counted."""
    ledger = world.find(BedLedger, BedLedger.create_id(said["hospital_id"], ED))
    if ledger is None:
        return {}
    if chooser.seldom():
        return {ED: ReadBeds(ledger.staffed, ledger.occupied + 1, ledger.blocked, None)}
    return {ED: ReadBeds(ledger.staffed, ledger.occupied, ledger.blocked, ledger.counted_at)}


def _referral(run: Run, world: World) -> Referral | None:
    return world.find(Referral, Referral.create_id(run.id))


def _asked(run: Run, world: World, said: Said) -> bool:
    referral = _referral(run, world)
    return referral is not None and referral.hospital_id is not None


def _silent(run: Run, world: World, said: Said) -> bool:
    referral = _referral(run, world)
    if referral is None or referral.answer_by is None or run.is_over:
        return False
    return referral.answered is None and referral.answer_by <= world.now


def _who_was_asked(world: World, chooser: Chooser, said: Said) -> Any:
    run = world.find(Run, said["run_id"])
    referral = _referral(run, world) if run is not None else None
    asked = referral.hospital_id if referral is not None else None
    return chooser.one_of(world.hospital_names) if asked is None or chooser.seldom() else asked


def _due(transfer: Transfer, world: World, said: Said) -> bool:
    lead_s = world.desk.rules.transfers.lead_s
    wait_s = (transfer.not_before - world.now).total_seconds() if transfer.not_before else 0.0
    return transfer.state == "approved" and wait_s <= lead_s


def _voice(world: World, chooser: Chooser, said: Said) -> Any:
    """Whoever has the say; seldom the other."""
    mode = world.find(TransferMode, TransferMode.create_id(CITY))
    voices = (
        ["hospital", "coordinator"] if mode is None or mode.mode == PEACETIME else ["coordinator", "hospital"]
    )
    return voices[chooser.seldom()]


any_hospital = _hospital(lambda hospital, world, said: True)

WORDS: dict[str, Word] = {
    "hospital_id": any_hospital,
    "from_hospital_id": any_hospital,
    "to_hospital_id": _hospital(
        lambda hospital, world, said: hospital.hospital_id != said.get("from_hospital_id")
    ),
    "bed_kind": mostly(ED, ED, ED, None, odd=("Burn",)),
    "RequestTransfer.bed_kind": mostly(ED, odd=("Burn",)),
    "bed_kinds": mostly((ED,)),
    "beds": _counted,
    "ReportBeds.read": _read,
    "EndDiversion.hospital_id": _hospital(lambda hospital, world, said: hospital.diverting_until is not None),
    "ExpirePromises.hospital_id": _hospital(_promises_are_due),
    "hours": mostly({"trauma": ("07:00-17:00",)}, {}, odd=({"trauma": ("all day",)},)),
    "service": mostly("trauma", "stroke", odd=("unheard-of",)),
    "services": mostly((), ("trauma",), (ED,), odd=(("unheard-of",),)),
    "AnswerReferral.run_id": one(Run, _asked),
    "AnswerReferral.hospital_id": _who_was_asked,
    "answer": mostly("accept", "redirect", odd=("perhaps",)),
    "proposed": mostly(None, "binh-dan"),
    "GiveUpReferral.run_id": one(Run, _silent),
    "RequestTransfer.transfer_id": fresh("transfer"),
    "packet": mostly({"condition": "thở máy"}, {}, {"spo2": 91}),
    "not_before": in_minutes(45, 60, 40, -5),
    "DecideTransfer.transfer_id": one(Transfer, lambda transfer, world, said: transfer.state == "requested"),
    "DecideTransfer.call_id": fresh("ward call"),
    "DecideTransfer.incident_id": fresh("ward incident"),
    "voice": _voice,
    "approved": mostly(True, True, False),
    "CancelTransfer.transfer_id": one(
        Transfer, lambda transfer, world, said: transfer.state in ("requested", "approved")
    ),
    "BeginTransfer.transfer_id": one(Transfer, _due),
    "BeginTransfer.call_id": fresh("ward call"),
    "BeginTransfer.incident_id": fresh("ward incident"),
}
