/** Where everything stood at a moment of one replication. Moments are seconds since what is counted began. */
import type { Point, UnitStatus } from "../wire/rows";
import type { Leg, LegStatus, Replay, ReplayIncident, ReplayUnit, UnderWay } from "../wire/simulations";

/** In the words of the desk. */
export const STATUS: Record<LegStatus, UnitStatus> = {
  free: "AV", homeward: "AV", turnout: "DP", to_scene: "EN", on_scene: "SC", to_hospital: "TR", at_hospital: "HP", off_duty: "NS",
};

/** incident : the number of the one it serves */
export type Stand = { status: UnitStatus; place: Point; incident: number | null };

/** What a unit does at that moment, and where; nothing before anybody knows of it. It stands where its last leg ended. */
export function standOf({ legs, incidents }: ReplayUnit, moment: number): Stand | null {
  const index = lastBegun(legs, moment);
  const leg = legs[index];
  if (!leg) return null;
  const [from, to, doing, lat, lon, nextLat, nextLon] = leg;
  const share = to > from ? Math.min(1, (moment - from) / (to - from)) : 1;
  const place = { lat: lat + share * (nextLat - lat), lon: lon + share * (nextLon - lon) };
  return { status: STATUS[doing], place, incident: incidents[index] ?? null };
}

/** The number of the last leg that has begun, by halving; -1 before the first. */
function lastBegun(legs: Leg[], moment: number): number {
  let low = 0;
  let high = legs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (legs[middle]![0] <= moment) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether it stands on the map: from the ring until nobody is there any more, and to the end where nobody ever came. */
export function isOpenAt({ rang_s, left_s, clear_s }: ReplayIncident, moment: number): boolean {
  const over = left_s ?? clear_s;
  return rang_s <= moment && (over === null || moment < over);
}

/** What was served when the live state was carried on, and has a crew at its place still. */
export function stillServed({ under_way }: Pick<Replay, "under_way">, moment: number): UnderWay[] {
  return (under_way ?? []).filter(({ left_s }) => moment < left_s);
}

/** Whether nobody was on the way yet. */
export function waitsAt({ rang_s, sent_s }: ReplayIncident, moment: number): boolean {
  return rang_s <= moment && (sent_s === null || moment < sent_s);
}

export type Counts = { open: number; waiting: number; units: Record<UnitStatus, number> };

/** The map in numbers, for whoever does not see it. */
export function countsAt({ units, incidents, under_way = [] }: Replay, moment: number): Counts {
  const counted: Record<UnitStatus, number> = { AV: 0, DP: 0, EN: 0, SC: 0, TR: 0, HP: 0, NS: 0 };
  for (const unit of units) {
    const stand = standOf(unit, moment);
    if (stand) counted[stand.status] += 1;
  }
  return {
    open: incidents.filter((one) => isOpenAt(one, moment)).length + stillServed({ under_way }, moment).length,
    waiting: incidents.filter((one) => waitsAt(one, moment)).length,
    units: counted,
  };
}
