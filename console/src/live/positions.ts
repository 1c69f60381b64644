/** Where units are, kept apart from the rows: pings come each second and must not make React work. */
import type { Fix, UnitRow } from "../wire/rows";
import { clock } from "./clock";

export type Track = {
  callsign: string;
  lat: number;
  lon: number;
  heading: number | null;
  speed: number | null;
  /** Time of the fix, seconds since 1970 in server time. */
  at: number;
  /** Where the mark was when this fix came, and when (local ms): it glides from there. */
  from: { lat: number; lon: number };
  heard: number;
  /** Whether the fix was new when it came: only then may the mark drive on by its speed. */
  fresh: boolean;
};

/** A mark takes this long to glide to a new fix, ms. */
const GLIDE = 1000;
/** A unit is thought to drive on as it did for so long after its fix, ms; then its mark stands and waits. */
const DRIVES_ON = 3000;
/** A fix that was older than this when it came says nothing of where the unit is bound now, s. */
const FRESH_S = 10;
/** Slower is standing: receivers never say quite nothing, m/s. */
const STANDING_MPS = 1.5;
const METRES_A_DEGREE = 111_195;

export class Positions {
  private tracks = new Map<string, Track>();

  constructor(
    private local: () => number = () => performance.now(),
    private server: () => number = () => clock.now() / 1000,
  ) {}

  /** Takes in fixes; one older than the fix held changes nothing. */
  hear(fixes: Fix[]): void {
    const heard = this.local();
    for (const [callsign, lat, lon, heading, speed, at] of fixes) {
      const held = this.tracks.get(callsign);
      if (held && held.at >= at) continue;
      const from = held ? this.place(held) : { lat, lon };
      const fresh = this.server() - at < FRESH_S;
      this.tracks.set(callsign, { callsign, lat, lon, heading, speed, at, from, heard, fresh });
    }
  }

  /** Starts from the last positions a snapshot holds. */
  seed(units: UnitRow[]): void {
    this.hear(units.flatMap(({ callsign, position }): Fix[] =>
      !position ? [] : [[
        callsign, position.lat, position.lon, position.heading_deg, position.speed_mps, Date.parse(position.at) / 1000,
      ]]));
  }

  /** Nothing is known of where anybody is. */
  forget(): void {
    this.tracks.clear();
  }

  get(callsign: string): Track | undefined {
    return this.tracks.get(callsign);
  }

  /** Where to paint the mark now: gliding to the newest fix, and on from it as far as the unit can have driven since. */
  place(track: Track): { lat: number; lon: number } {
    const since = Math.max(0, this.local() - track.heard);
    const goal = drivenOn(track, Math.min(since, DRIVES_ON) / 1000);
    const share = Math.min(1, since / GLIDE);
    return {
      lat: track.from.lat + (goal.lat - track.from.lat) * share,
      lon: track.from.lon + (goal.lon - track.from.lon) * share,
    };
  }
}

/** The fix, carried on along its heading at its speed: dead reckoning. */
function drivenOn(track: Track, seconds: number): { lat: number; lon: number } {
  const { lat, lon, heading, speed, fresh } = track;
  if (!fresh || heading === null || speed === null || speed < STANDING_MPS) return { lat, lon };
  const degrees = (speed * seconds) / METRES_A_DEGREE;
  const turn = (heading * Math.PI) / 180;
  return { lat: lat + degrees * Math.cos(turn), lon: lon + (degrees * Math.sin(turn)) / Math.cos((lat * Math.PI) / 180) };
}

export const positions = new Positions();
