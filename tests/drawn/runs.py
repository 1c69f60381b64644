"""Words of orders about runs: how far a crew is, what its positions say, and what was a mistake."""

from datetime import timedelta
from typing import Any

from domain.prompt import Prompt
from domain.run import Run
from domain.values import Milestone
from tests.drawn.chooser import Chooser
from tests.drawn.words import Fit, Said, Word, fresh, mostly, one
from tests.drawn.world import World

UNDER_WAY = (Milestone.ASSIGNED, Milestone.ACCEPTED, Milestone.EN_ROUTE)
BEFORE_HOSPITAL = (*UNDER_WAY, Milestone.ON_SCENE, Milestone.PATIENT_CONTACT, Milestone.TRANSPORTING)
YOUNG = timedelta(minutes=10)
MOVES: dict[str, str] = {
    **dict.fromkeys(UNDER_WAY, "arrived_scene"),
    Milestone.ON_SCENE: "left_scene",
    Milestone.PATIENT_CONTACT: "left_scene",
    Milestone.TRANSPORTING: "arrived_hospital",
    Milestone.AT_HOSPITAL: "left_hospital",
    Milestone.HANDED_OVER: "left_hospital",
}
"""What the positions of a unit would show next, by how far its run is."""


def _goes_on(run: Run, world: World, said: Said) -> bool:
    return not run.is_over


def _onwards(world: World, chooser: Chooser, said: Said) -> str:
    """Mostly onwards, as crews report; where there is nothing more, whatever."""
    run = world.find(Run, said["run_id"])
    allowed = run.allowed() if run is not None else ()
    ends = (Milestone.DECLINED, Milestone.STOOD_DOWN)
    onwards = [each for each in allowed if each not in ends]
    if chooser.seldom():
        return chooser.one_of([*allowed, *Milestone]).value
    return chooser.one_of(onwards or allowed or tuple(Milestone)).value


def _reported(world: World, chooser: Chooser, said: Said) -> str:
    run = world.find(Run, said["run_id"])
    return str(chooser.one_of([*run.times, "en_route"] if run is not None else ["en_route"]))


def _a_little_off(world: World, chooser: Chooser, said: Said) -> Any:
    run = world.find(Run, said["run_id"])
    was = run.times.get(said["milestone"], world.now) if run is not None else world.now
    return was + timedelta(seconds=chooser.one_of([10, 0, 30, -30, 600, -600]))


def _what_shows(world: World, chooser: Chooser, said: Said) -> str:
    run = world.find(Run, said["run_id"])
    shows = MOVES.get(run.milestone, "left_scene") if run is not None else "danced"
    return chooser.one_of([*MOVES.values(), "danced"]) if chooser.seldom() else shows


def _young(run: Run, world: World, said: Said) -> bool:
    return bool(run.steps) and world.now - run.steps[-1].heard_at < YOUNG and run.milestone in run.times


def _the_step(world: World, chooser: Chooser, said: Said) -> int | None:
    """Its place in the log, as a screen knows it; or simply the last."""
    run = world.find(Run, said["run_id"])
    if run is None or not run.steps or chooser.number() % 3:
        return None
    meant = (run.id, run.steps[-1].version)
    newest = world.log.select(max(1, world.log.position() - 100), 101)
    found = [seq for seq, fact in newest if (fact.originator_id, fact.originator_version) == meant]
    return found[0] if found and not chooser.seldom() else chooser.one_of([1, 3, 100_000])


def _asked(prompt: Prompt, world: World, said: Said) -> bool:
    return prompt.answer is None and said.get("run_id", prompt.run_id) == prompt.run_id


def _elsewhere(world: World, chooser: Chooser, said: Said) -> str | None:
    run = world.find(Run, said["run_id"])
    others = [name for name in world.hospital_names if run is None or name != run.hospital_id]
    return chooser.one_of([*others, None, *world.hospital_names, "nowhere" if chooser.seldom() else None])


WORDS: dict[str, Word] = {
    "run_id": one(Run, _goes_on),
    "ReportMilestone.milestone": _onwards,
    "ReportMilestone.outcome": mostly(None, None, "treated_on_scene", odd=("unheard-of",)),
    "RedirectRun.run_id": one(Run, lambda run, world, said: run.milestone in BEFORE_HOSPITAL),
    "RedirectRun.hospital_id": _elsewhere,
    "CorrectMilestone.run_id": one(Run),
    "CorrectMilestone.milestone": _reported,
    "happened_at": _a_little_off,
    "UndoStep.run_id": one(Run, _young),
    "of": _the_step,
    "RaisePrompt.prompt_id": fresh("prompt"),
    "move": _what_shows,
    "AnswerPrompt.run_id": Fit(lambda world: world.newest(Prompt), _asked, lambda prompt: prompt.run_id),
    "AnswerPrompt.prompt_id": one(Prompt, _asked),
    "PreAlert.run_id": one(Run),
}
