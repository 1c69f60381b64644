"""What a screen needs to know once: the city, its map, its words, its question cards."""

from api.accounts.guard import SignedIn
from api.dependencies import TheCentre
from api.room import Room
from api.schema import answers
from api.schema.rows import Point, Words
from projections.words import BED_KINDS

router = Room(tags=["city"])

ATTRIBUTION = "© OpenStreetMap contributors, ODbL"


@router.get("/city/points")
def points(_: SignedIn, centre: TheCentre) -> answers.CityPoints:
    """Cameras, schools: what `points.csv` of the city lists, for a map. The same until a restart."""
    return answers.CityPoints(
        points=[
            answers.CityPointRow(
                id=each.id,
                kind=each.kind,
                name=each.name,
                position=Point(lat=each.position.lat, lon=each.position.lon),
                source=each.source,
            )
            for each in centre.city.points
        ],
        attribution="" if centre.city.fictional else ATTRIBUTION,
    )


@router.get("/city")
def city(_: SignedIn, centre: TheCentre) -> answers.CityRow:
    facts, shown = centre.city, centre.map
    limits = facts.targets
    return answers.CityRow(
        id=facts.id,
        name=Words(**facts.name),
        fictional=facts.fictional,
        emergency_number=facts.emergency_number,
        timezone=facts.timezone,
        languages=list(facts.languages),
        centre=Point(lat=facts.centre.lat, lon=facts.centre.lon),
        map=answers.MapRow(
            name=shown.name,
            version=shown.version,
            kind=shown.kind,
            bounds=shown.bounds,
            attribution=ATTRIBUTION if shown.kind == "extract" else f"drawn town · real maps {ATTRIBUTION}",
            basemap_url=f"/basemap/{shown.version}.pmtiles",
        ),
        demo=centre.demo,
        drill=centre.drill is not None,
        targets={
            "response_s": {str(priority): seconds for priority, seconds in limits.response_s.items()},
            "queue": {
                str(priority): {"amber_s": limit.amber_s, "red_s": limit.red_s}
                for priority, limit in limits.queue.items()
            },
            **{
                name: {"amber_s": limit.amber_s, "red_s": limit.red_s}
                for name, limit in {
                    "acknowledge": limits.acknowledge,
                    "on_scene": limits.on_scene,
                    "handover": limits.handover,
                    "bed_age": limits.bed_age,
                    "unit_position": limits.unit_position,
                }.items()
            },
        },
        bed_kinds=[
            answers.BedKindRow(kind=kind, vi=words["vi"], en=words["en"]) for kind, words in BED_KINDS.items()
        ],
        hospitals=[
            answers.HospitalFactsRow(
                id=each.id,
                code=each.code,
                name=each.name,
                name_en=each.name_en,
                position=Point(lat=each.position.lat, lon=each.position.lon),
                aliases=list(each.aliases),
                specialities=list(each.specialities),
            )
            for each in facts.hospitals
        ],
        stations=[
            answers.StationRow(
                id=each.id,
                name=each.name,
                position=Point(lat=each.position.lat, lon=each.position.lon),
                hospital_id=each.hospital,
                ownership=str(each.ownership),
            )
            for each in facts.stations
        ],
    )
