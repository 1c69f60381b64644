"""Places as they are said: checked, and believed or not."""

from dispatch.desk import Desk
from domain.call_errors import BadConfidence, BadPlaceSource
from domain.incident import Incident
from domain.places_said import PlaceSource, SaidPlace
from domain.values import Act


def checked(said: SaidPlace | None) -> SaidPlace | None:
    """Raises BadPlaceSource, BadConfidence."""
    if said is None:
        return None
    if said.source not in set(PlaceSource):
        raise BadPlaceSource(source=said.source[:40], known=", ".join(PlaceSource))
    if said.confidence is not None and not 0 <= said.confidence <= 1:
        raise BadConfidence(confidence=said.confidence)
    return said


def certain(said: SaidPlace, desk: Desk) -> bool:
    """A place nobody measured is believed, as ever; one that could be another place never is."""
    if said.ambiguous:
        return False
    return said.confidence is None or said.confidence >= desk.rules.calls.place_certain_from


def tell_incident(incident: Incident, said: SaidPlace | None, act: Act, desk: Desk) -> None:
    """What is said of the place of an incident from now on. Without a word of how it is known, a person has
    put it there: an earlier doubt was about another place."""
    if said is not None:
        incident.say_place(said, certain(said, desk), act)
    elif incident.place_doubted:
        incident.confirm_place(act)
