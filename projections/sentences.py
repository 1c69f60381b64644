"""Turn the entries of a timeline into sentences, as a dispatcher would write them in the log."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

from projections import (
    alarm_words,
    assignment_words,
    call_words,
    care_words,
    choosing_words,
    triage_words,
    words,
)
from projections.rows import Row, RowReader
from projections.timeline import entries_of
from projections.words import Text

LANGUAGES = ("vi", "en")
NO_CODES: Mapping[str, Mapping[str, str]] = {}
WITH_REASON = ("Run.", "Incident.Reprioritised", "Prompt.", "AutoDispatch.")
"""Facts whose reason is said behind them; others have it in their own sentence."""


def read_timeline(
    incident_id: str, views: RowReader, zone: tzinfo, codes: Mapping[str, Mapping[str, str]] = NO_CODES
) -> list[Row] | None:
    """Entries `{seq, at, recorded_at, topic, actor, text: {vi, en}, data}`; None for an unknown incident.

    Clock times inside a sentence are told in `zone`, the city's own; codes : its reasons for going against
    the advice, in words.
    """
    entries = entries_of(incident_id, views)
    if entries is None:
        return None
    teller = Teller(hospital_names(views), zone, codes)
    return [{**entry, "text": teller.tell(entry)} for entry in entries]


def hospital_names(views: RowReader) -> dict[str, Text]:
    """{hospital id: {vi, en}}; a hospital that was never listed is called by its id."""
    return {
        row["id"]: words.both(row["name"] or row["id"], row["name_en"] or row["name"] or row["id"])
        for row in views.rows("hospitals")
    }


class Teller:
    """Knows the names of hospitals, the zone of the clock on the wall, and the city's codes in words."""

    def __init__(
        self,
        hospitals: Mapping[str, Text],
        zone: tzinfo,
        codes: Mapping[str, Mapping[str, str]] = NO_CODES,
    ) -> None:
        self.hospitals = hospitals
        self.zone = zone
        self.codes = codes

    def tell(self, entry: Row) -> Text:
        return {language: self._tell(entry, language) for language in LANGUAGES}

    def _tell(self, entry: Row, language: str) -> str:
        topic, data = entry["topic"], entry["data"]
        gaps = self._gaps(entry, language)
        parts = [part[language].format_map(gaps) for part in _parts(topic, data)]
        return " ".join(_tidy(part) for part in parts)

    def _gaps(self, entry: Row, language: str) -> dict[str, Any]:
        """Everything a sentence may name, already in words."""
        data = entry["data"]
        gaps: dict[str, Any] = {**data, "topic": entry["topic"]}
        gaps["at"] = self._clock(entry["at"])
        for name in ("until", "was", "happened_at", "due_at"):
            if entry["topic"].startswith(("Run.", "BedLedger.", "AutoDispatch.")) and data.get(name):
                gaps[name] = self._clock(data[name])
        if data.get("eta_s") is not None:
            assigned_at = datetime.fromisoformat(entry["at"])
            gaps["eta_at"] = self._clock((assigned_at + timedelta(seconds=data["eta_s"])).isoformat())
        gaps["hospital"] = self._hospital(data.get("hospital_id"), entry["topic"], language)
        gaps["was_hospital"] = self._hospital(data.get("was_hospital_id"), entry["topic"], language)
        bed_kind = data.get("bed_kind") or data.get("kind")
        gaps["bed"] = words.BED_KINDS.get(bed_kind, words.both(str(bed_kind), str(bed_kind)))[language]
        gaps["place"] = _place(data)[language].format_map(_point(data))
        if "phone" in data:
            named = words.NAMED_CALLER[language].format(name=data.get("caller_name"), phone=data["phone"])
            gaps["caller"] = named if data.get("caller_name") else data["phone"]
        if entry["topic"] == "Call.Triaged":
            form = words.PRIORITY if data["priority"] else words.NO_AMBULANCE
            gaps["priority"] = form[language].format_map(data)
            gaps["card_title"] = (data.get("title") or {}).get(language) or data["determinant"]
        gaps.update(assignment_words.gaps_for(entry["topic"], data, language))
        gaps.update(call_words.gaps_for(entry["topic"], data, language))
        gaps.update(triage_words.gaps_for(entry["topic"], data, language, self._clock))
        gaps.update(care_words.gaps_for(entry["topic"], data, language, self.hospitals))
        if data.get("override_reason"):
            gaps["override_reason"] = self._reason(data["override_reason"], language)
        if entry["topic"] == "Run.Corrected":
            milestone = data["milestone"]
            gaps["milestone"] = words.MILESTONES.get(milestone, {}).get(language, milestone)
        return gaps

    def _reason(self, said: str, language: str) -> str:
        """ "road: flooded" as "a street is blocked: flooded"; what begins with no code stands as typed."""
        code, colon, more = said.partition(":")
        words_for = self.codes.get(code.strip())
        return said if words_for is None else f"{words_for[language]}{colon}{more}"

    def _clock(self, at: str) -> str:
        return datetime.fromisoformat(at).astimezone(self.zone).strftime("%H:%M:%S")

    def _hospital(self, hospital_id: str | None, topic: str, language: str) -> str:
        if hospital_id is None:
            unknown = words.NO_HOSPITAL if topic == "Run.Redirected" else words.SOME_HOSPITAL
            return unknown[language]
        return self.hospitals.get(hospital_id, words.both(hospital_id, hospital_id))[language]


def _parts(topic: str, data: Row) -> list[Text]:
    """The sentences of one entry: what happened, then what goes with it, if it was said."""
    if topic == "Run.Progressed":
        parts = [words.PROGRESS.get(data["milestone"], words.SOMETHING)]
    elif topic == "Incident.Reprioritised" and data["was"] == data["priority"]:
        parts = [words.NEEDS_CHANGED]
    elif topic == "Run.Redirected" and data["was_hospital_id"] == data["hospital_id"]:
        parts = [words.OTHER_BED]
    else:
        told = assignment_words.sentence_for(topic, data) or call_words.sentence_for(topic, data)
        told = told or care_words.sentence_for(topic, data) or choosing_words.sentence_for(topic)
        told = told or alarm_words.sentence_for(topic, data)
        told = told or triage_words.sentence_for(topic, data)
        parts = [told or words.SENTENCES.get(topic, words.SOMETHING)]
    if topic == "Run.Assigned":
        parts += [words.EXPECTED] if data.get("eta_s") is not None else []
        parts += [words.DESTINATION] if data.get("hospital_id") else []
        parts += [words.OVERRIDE] if data.get("override_reason") else []
    if topic == "Run.Redirected" and data.get("bed_kind"):
        parts.append(words.BED)
    if topic.startswith(WITH_REASON) and data.get("reason"):
        parts.append(words.REASON)
    return parts


def _place(data: Row) -> Text:
    if data.get("address"):
        return words.PLACE_AND_POINT if data.get("position") else words.both("{address}", "{address}")
    return words.POINT if data.get("position") else words.both("", "")


def _point(data: Row) -> dict[str, Any]:
    return {"address": data.get("address"), **(data.get("position") or {})}


def _tidy(sentence: str) -> str:
    """A capital to begin with, and one full stop where what was typed brought its own."""
    while sentence.endswith(("..", "!.", "?.")):
        sentence = sentence[:-1]
    return sentence[:1].upper() + sentence[1:]
