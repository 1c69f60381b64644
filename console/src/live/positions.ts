/** Where units are, kept apart from the rows: pings come each second and must not make React work. */
import type { Fix, UnitRow } from "../wire/rows";

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
};

/** A mark takes this long to glide to a new fix, ms. */
const GLIDE = 1000;

export class Positions {
  private tracks = new Map<string, Track>();

  constructor(private local: () => number = () => performance.now()) {}

  /** Takes in fixes; one older than the fix held changes nothing. */
  hear(fixes: Fix[]): void {
    const heard = this.local();
    for (const [callsign, lat, lon, heading, speed, at] of fixes) {
      const held = this.tracks.get(callsign);
      if (held && held.at >= at) continue;
      const from = held ? this.place(held) : { lat, lon };
      this.tracks.set(callsign, { callsign, lat, lon, heading, speed, at, from, heard });
    }
  }

  /** Starts from the last positions a snapshot holds. */
  seed(units: UnitRow[]): void {
    this.hear(units.flatMap(({ callsign, position }): Fix[] =>
      !position ? [] : [[
        callsign, position.lat, position.lon, position.heading_deg, position.speed_mps, Date.parse(position.at) / 1000,
      ]]));
  }

  get(callsign: string): Track | undefined {
    return this.tracks.get(callsign);
  }

  /** Where to paint the mark now: on its way from the fix before to the newest one. */
  place(track: Track): { lat: number; lon: number } {
    const share = Math.min(1, (this.local() - track.heard) / GLIDE);
    return {
      lat: track.from.lat + (track.lat - track.from.lat) * share,
      lon: track.from.lon + (track.lon - track.from.lon) * share,
    };
  }
}

export const positions = new Positions();
