/** Every unit says each second where it is, by the way in that phones and gateways use. */
import type { Place, Town } from "../town";

/** Units whose reports come in one request: they share a gateway. */
const TOGETHER = 50;
const ROUND_S = 60; // each drives a circle
const RADIUS_DEG = 0.001;

export class Fleet {
  sent = 0;
  taken = 0;
  private stopped = false;
  private groups: [string, Place][][];

  constructor(private town: Town, where: Map<string, Place>) {
    const all = [...where];
    this.groups = Array.from({ length: Math.ceil(all.length / TOGETHER) }, (_, place) => all.slice(place * TOGETHER, (place + 1) * TOGETHER));
  }

  /** Reports until `stop`: each group once a second, the groups spread evenly over it. */
  async drive(): Promise<void> {
    await Promise.all(this.groups.map((group, place) => this.report(group, (1_000 * place) / this.groups.length)));
  }

  stop(): void {
    this.stopped = true;
  }

  private async report(group: [string, Place][], offset: number): Promise<void> {
    const began = Date.now() + offset;
    for (let second = 0; !this.stopped; second += 1) {
      await new Promise((done) => setTimeout(done, Math.max(0, began + 1_000 * second - Date.now())));
      const turn = (2 * Math.PI * second) / ROUND_S;
      const at = new Date().toISOString();
      const told = group.map(([callsign, { lat, lon }]) => ({
        callsign, at, lat: lat + RADIUS_DEG * Math.sin(turn), lon: lon + RADIUS_DEG * Math.cos(turn),
        speed_mps: 11, heading_deg: (360 - (360 * second) / ROUND_S % 360) % 360, accuracy_m: 5,
      }));
      this.sent += told.length;
      this.taken += await this.send(told);
    }
  }

  /** A gateway that is asked to wait sends what is true a second later; how much was taken is told beside. */
  private async send(told: unknown[]): Promise<number> {
    try {
      return ((await this.town.ask("POST", "/pings", told)) as { accepted: number }).accepted;
    } catch (fault) {
      if (!/ 503 .*urn:vigil:Busy/.test((fault as Error).message)) throw fault;
      return 0;
    }
  }
}
