"""The roll of an incident: who of its patients has a tag, and who is aboard which run."""

from uuid import UUID

from domain.base import Aggregate, Beginning, Fact, event, natural_id
from domain.care_errors import TagTaken, TooManyCasualties
from domain.values import Act

MOST_AT_ONCE = 200
MOST_IN_ALL = 999


class Roll(Aggregate):
    """Opened with the first tag. Whoever tags or loads a patient writes here, so no tag is given twice."""

    TOPIC = "Roll"

    class Opened(Beginning):
        TOPIC = "Roll.Opened"
        incident_id: UUID
        incident_number: int

    class Tagged(Fact):
        TOPIC = "Roll.Tagged"
        patient_ids: list[UUID]
        tags: list[str]

    class Loaded(Fact):
        """`run_id` None: off the run again."""

        TOPIC = "Roll.Loaded"
        patient_id: UUID
        run_id: UUID | None

    @event(Opened)
    def __init__(self, incident_id: UUID, incident_number: int, act: Act) -> None:
        self.incident_id = incident_id
        self.number = incident_number
        self.tags: dict[UUID, str] = {}
        self.aboard: dict[UUID, UUID] = {}

    @staticmethod
    def create_id(incident_id: UUID) -> UUID:
        return natural_id("rolls", incident_id)

    def tag(self, wanted: dict[UUID, str | None], act: Act) -> list[str]:
        """A tag for each new patient, in their order: the one on their wrist, else the next number."""
        count = len(self.tags)
        if not 1 <= len(wanted) <= MOST_AT_ONCE or count + len(wanted) > MOST_IN_ALL:
            raise TooManyCasualties(wanted=len(wanted), most=MOST_AT_ONCE, all=MOST_IN_ALL)
        taken = set(self.tags.values())
        given: list[str] = []
        for said in wanted.values():
            tag = said if said is not None else self._next(taken, count + len(given))
            if tag in taken:
                raise TagTaken(tag=tag, number=self.number)
            taken.add(tag)
            given.append(tag)
        self._tagged(patient_ids=list(wanted), tags=given, act=act)
        return given

    def load(self, patient_id: UUID, run_id: UUID | None, act: Act) -> None:
        if self.aboard.get(patient_id) != run_id:
            self._loaded(patient_id=patient_id, run_id=run_id, act=act)

    def on_run(self, run_id: UUID) -> list[UUID]:
        """Those aboard, in the order of their tags."""
        return [patient_id for patient_id in self.tags if self.aboard.get(patient_id) == run_id]

    def _next(self, taken: set[str], count: int) -> str:
        """As said on the radio: incident 12, third patient."""
        while (tag := f"{self.number}-{count + 1:02d}") in taken:
            count += 1
        return tag

    @event(Tagged)
    def _tagged(self, patient_ids: list[UUID], tags: list[str], act: Act) -> None:
        self.tags.update(zip(patient_ids, tags, strict=True))

    @event(Loaded)
    def _loaded(self, patient_id: UUID, run_id: UUID | None, act: Act) -> None:
        if run_id is None:
            self.aboard.pop(patient_id, None)
        else:
            self.aboard[patient_id] = run_id
