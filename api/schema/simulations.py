"""Simulations as they are asked for and answered. All that is here is simulated: no row of it is a fact."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from api.schema.orders import Order

Text = dict[str, str]
"""In each language, `vi` and `en`. What a person wrote is the same in both."""
Source = Literal["city", "model", "scenario", "recorded", "now"]
SimulationState = Literal["waiting", "running", "done", "stopped", "failed"]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
Count = Annotated[int, Field(ge=1, le=50)]
Beds = Annotated[int, Field(ge=0, le=10_000)]
Turnout = Annotated[float, Field(ge=0, le=3600, allow_inf_nan=False)]


class RivalAsked(Order):
    """One way to run the service; what is not said is as the city has it. The first is the measure.

    policy  : who is sent, as `choices.policies` names it; "rules" for what the city's rules say
    move_up : where free units wait, as `choices.move_ups` names it
    more    : vans added, by station; without: callsigns that stay at home
    closed  : hospitals, by id, that take nobody as long as any other can
    staffed : beds that a hospital staffs, by its id and their kind, in place of the city's
    beds    : whether beds are taken and free again; takers, lines: in place of the model's
    """

    model_config = ConfigDict(extra="forbid")

    name: Name
    policy: str = "closest"
    move_up: str = "home"
    without: list[str] = Field(default_factory=list, max_length=500)
    more: dict[str, Count] = Field(default_factory=dict, max_length=200)
    turnout_s: dict[str, Turnout] = Field(default_factory=dict, max_length=20)
    closed: list[str] = Field(default_factory=list, max_length=200)
    staffed: dict[str, dict[str, Beds]] = Field(default_factory=dict, max_length=200)
    beds: bool = False
    takers: Annotated[int, Field(ge=0, le=500)] | None = None
    lines: Annotated[int, Field(ge=1, le=1000)] | None = None


class NewSimulation(Order):
    """The id is made by whoever asks: asking twice is asking once.

    source : "city": nights of this city, as its demand.toml says people call; "model": of a city model,
             `model` by its name; "scenario": `scenario` by its name, which says itself which days and
             courses, so `rivals`, `hours`, `begins` and `warm_up_hours` are left out; "recorded": `day` of
             this service's own log, or from there to `until`: once, with its very calls, or, where more
             `replications` are asked for, days like it; it says `hours`, `begins` and `warm_up_hours` itself
             and knows no call takers and no beds that are taken; places count to about 100 m, as planners
             know them; "now": the live state
             of this second carried on for some hours, without a beginning and a warm-up; its rivals say
             `policy` ("rules": those in force) and `move_up`, nothing else; it has neither report nor bundle
    What is null is as usual: 24 hours (now: 2), 6 of warm-up, 20 replications (recorded: 1), seed 115,
    2026-03-02T00:00.
    """

    model_config = ConfigDict(extra="forbid")

    id: UUID
    question: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)] = Field(
        "", description="may be empty for a scenario, which asks its own"
    )
    source: Source
    model: str | None = Field(None, max_length=100)
    scenario: str | None = Field(None, max_length=100)
    day: str | None = Field(None, max_length=20, description="of the log, by the clocks there: 2026-11-20")
    until: str | None = Field(None, max_length=20, description="the last day, included; `day` where null")
    hours: Annotated[float, Field(ge=0.1, allow_inf_nan=False)] | None = None
    begins: str | None = Field(None, max_length=20, description="by the clocks there: 2026-03-02T00:00")
    warm_up_hours: Annotated[float, Field(ge=0, le=168, allow_inf_nan=False)] | None = None
    replications: Annotated[int, Field(ge=1)] | None = None
    seed: Annotated[int, Field(ge=0, lt=2**53)] | None = None
    rivals: list[RivalAsked] = Field(default_factory=list, max_length=20)


class PolicyChoice(BaseModel):
    """name : "closest", ... or "rules"; the console has words for it"""

    name: str


class ScenarioChoice(BaseModel):
    """title : what it is called in a list
    days : of the scenario; replications, seed: as its file says; courses: its rivals, the measure first"""

    name: str
    title: Text
    question: Text
    explains: Text
    days: int
    replications: int
    seed: int
    courses: list["RivalSaid"]


class ModelChoice(BaseModel):
    name: str
    title: str


class StationChoice(BaseModel):
    id: str
    name: str
    units: list[str]


class HospitalChoice(BaseModel):
    id: str
    name: str


class RecordedDays(BaseModel):
    """By the clocks there: the first day of which the log knows, and today."""

    first: str
    last: str


class SimulationLimits(BaseModel):
    """simulated_hours : rivals x replications x hours with their warm-up
    waiting : so many may wait for their turn; kept: of so many the results are kept, the newest
    """

    rivals: int
    replications: int
    hours: float
    hours_now: float
    days: int = Field(description="of the log that are played at once")
    simulated_hours: float
    waiting: int
    kept: int
    replayed: int = Field(description="of each rival so many replications can be replayed, from 0 on")


class SimulationChoices(BaseModel):
    """demand : whether the city's demand.toml says how often people call; without it "city" and "scenario"
             cannot be asked for
    now : whether the live state can be carried on at this moment
    """

    policies: list[PolicyChoice]
    move_ups: list[str]
    scenarios: list[ScenarioChoice]
    models: list[ModelChoice]
    stations: list[StationChoice]
    hospitals: list[HospitalChoice]
    kinds: list[str] = Field(description="of vehicles, for turnout_s")
    demand: bool
    recorded: RecordedDays | None = Field(description="days of the own log; null while it has no fact")
    now: bool
    may_start: bool = Field(description="whether who asks may start and stop simulations")
    limits: SimulationLimits


class RivalSaid(BaseModel):
    """name : by which results and replays know it; label: for people"""

    name: str
    label: Text


class Simulation(BaseModel):
    """title : of the scenario or the city model it stands on, in words; null for others
    share : of the stage, 0 to 1; null where nobody knows
    done, of : replications of all rivals; `stage` tells what happens before the first of them
    by : the role of who asked, never the name
    fault : a sentence, where the state is failed
    resumed : how often it was gone on with after its process had ended
    """

    id: str
    question: Text
    source: Source
    model: str | None
    scenario: str | None
    title: Text | None
    state: SimulationState
    stage: Literal["log", "map", "road times", "rules", "replications", "results"] | None
    share: float | None
    done: int
    of: int
    before: int = Field(description="that have their turn first, while it waits")
    asked_at: AwareDatetime
    began_at: AwareDatetime | None
    ended_at: AwareDatetime | None
    by: str
    hours: float
    begins: str | None
    warm_up_hours: float
    replications: int
    seed: int
    rivals: list[RivalSaid]
    resumed: int
    fault: Text | None


class SimulationList(BaseModel):
    """Newest first."""

    simulations: list[Simulation]


class Interval95(BaseModel):
    """A mean over the replications, and between which two it lies with 95 % confidence; n of them counted.
    Where n is 1, low and high are the mean: one replication proves nothing."""

    mean: float
    low: float
    high: float
    n: int


class SimulatedDifference(BaseModel):
    """A rival less another.

    first : what it is compared with; empty in answers of before, where it is the first rival
    p    : as it counts beside all other comparisons of the answer (Holm)
    sure : else nobody may say that they differ
    better : whether the change is the one that is wished for; null where it is not sure, or neither is better
    """

    first: str = ""
    rival: str
    figure: str
    mean: float
    low: float
    high: float
    p: float
    sure: bool
    better: bool | None


class SimulatedPair(BaseModel):
    """Who is compared with whom.

    unlike : figures that are told of other patients under each of the two, because other calls are lost or
             other emergencies happen: nothing is said of their difference
    """

    first: str
    rival: str
    unlike: list[str]


class SimulatedSeries(BaseModel):
    """One value a step: the mean over the replications, and between which two eight in ten of them lie.

    Of `p90_s` it is one value over all replications, null where fewer than ten were reached; low and high are
    null there.
    """

    mean: list[float | None]
    low: list[float | None]
    high: list[float | None]


class RivalResult(BaseModel):
    """figures : by name; shares lie between 0 and 1, names that end in _s are seconds. null: nothing to count
    reached : share of the calls to which somebody had come after 0, 1, 2 ... times `reached_step_s`
    series  : "busy" (units on runs), "there" (on duty), "waiting" (incidents without a unit), "calls" (that
              rang, an hour), "taken" (beds, where the rival counts them), "p90_s" (response, all priorities)
    """

    name: str
    figures: dict[str, Interval95 | None]
    reached: list[float]
    series: dict[str, SimulatedSeries]


class SimulationResults(BaseModel):
    """begins : of the hours that are counted, by the clocks there
    figures : the order in which they are told
    answers : those that answer the question of a scenario, where its file says which; else empty
    pairs : which are compared; empty in answers of before, where it is every rival with the first
    compared : those of which differences are told
    left_out : of a day of the log, how many incidents are not played, by reason: `merged` into others,
        `without_run`: closed with nobody sent, `turned_back` before anybody came, `transfer` between
        hospitals; `further_crews`: beyond the first that came to one
    """

    begins: AwareDatetime
    step_s: float
    steps: int
    reached_step_s: float
    targets_s: dict[str, float]
    figures: list[str]
    answers: list[str] = Field(default_factory=list)
    compared: list[str]
    rivals: list[RivalResult]
    pairs: list[SimulatedPair] = Field(default_factory=list)
    differences: list[SimulatedDifference]
    bundle: bool = Field(description="whether there is a bundle that can be run again")
    versions: dict[str, str]
    left_out: dict[str, int] = Field(default_factory=dict)


class SimulationAnswer(Simulation):
    results: SimulationResults | None


LegStatus = Literal[
    "free", "homeward", "turnout", "to_scene", "on_scene", "to_hospital", "at_hospital", "off_duty"
]
"""`free`: stands and can be sent. `homeward`: on its way home or to a post, and can be sent."""
Leg = tuple[float, float, LegStatus, float, float, float, float]
"""From when to when, what it does, and from where to where: lat, lon, lat, lon. It moves straight between."""


class ReplayUnit(BaseModel):
    """incidents : the number of the incident of each leg, null where it serves nobody"""

    callsign: str
    kind: str
    legs: list[Leg]
    incidents: list[int | None]


class ReplayIncident(BaseModel):
    """null: it never happened. late : after the target of its priority, or never reached
    number : within the replication; where the live state was carried on, who waited then has the number of
             the live desk, and who rings later goes on from there
    """

    number: int
    priority: str
    lat: float
    lon: float
    rang_s: float
    opened_s: float
    sent_s: float | None
    on_scene_s: float | None
    left_s: float | None
    at_hospital_s: float | None
    clear_s: float | None
    late: bool
    unit: str | None
    hospital: str | None


class ReplayUnderWay(BaseModel):
    """An incident that somebody served when the live state was carried on, by its live number; its place is
    that of its part of the map. left_s : when its last crew leaves the scene, 0 where all had left"""

    number: int
    priority: str
    lat: float
    lon: float
    left_s: float
    units: list[str]


class ReplayPlace(BaseModel):
    name: str
    lat: float
    lon: float


class SimulationReplay(BaseModel):
    """Seconds are since `begins`, the first moment that is counted; what began before it is cut off there.
    Roads are not kept: units move straight from one place to the next, in the time the road took.

    under_way : what was served when the live state was carried on; in no figure, since it was decided live
    """

    rival: str
    replication: int
    begins: AwareDatetime
    ends_s: float
    targets_s: dict[str, float]
    units: list[ReplayUnit]
    incidents: list[ReplayIncident]
    under_way: list[ReplayUnderWay] = Field(default_factory=list)
    stations: list[ReplayPlace]
    hospitals: list[ReplayPlace]
