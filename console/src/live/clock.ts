/** The server's time. Desks' own clocks are wrong by minutes; all ages and timers count from here. */

export class Clock {
  private ahead = 0;
  private known = false;
  private held: number | null = null;

  constructor(private local: () => number = Date.now) {}

  /** Learns from a server time that just arrived. Delay only ever makes it look older, so later wins. */
  hear(iso: string): void {
    const sample = Date.parse(iso) - this.local();
    if (Number.isNaN(sample)) return;
    const drift = sample - this.ahead;
    if (!this.known || drift > 0 || drift < -2000) this.ahead = sample;
    else this.ahead += drift * 0.05;
    this.known = true;
  }

  /** Stands still at a moment of the past; null lets it go on. Only a page that shows the past does that. */
  hold(moment: number | null): void {
    this.held = moment;
  }

  /** Milliseconds since 1970, as the server counts. */
  now(): number {
    return this.held ?? this.local() + this.ahead;
  }

  iso(): string {
    return new Date(this.now()).toISOString();
  }
}

export const clock = new Clock();
