import type { Clock } from './clock';

/** At most four acknowledgements a second, as the protocol asks. */
export const ACK_SPACING_MS = 250;

/** Sends the newest applied generation, at once when it may, else as soon as it may. */
export class AckPacer {
  private lastSentAt = -Infinity;
  private due: ReturnType<typeof setTimeout> | undefined;
  private newest = 0;
  private readonly send: (generation: number) => void;
  private readonly clock: Clock;

  constructor(send: (generation: number) => void, clock: Clock) {
    this.send = send;
    this.clock = clock;
  }

  applied(generation: number): void {
    this.newest = generation;
    if (this.due !== undefined) return;
    const wait = this.lastSentAt + ACK_SPACING_MS - this.clock();
    if (wait <= 0) this.flush();
    else this.due = setTimeout(() => this.flush(), wait);
  }

  stop(): void {
    clearTimeout(this.due);
    this.due = undefined;
  }

  private flush(): void {
    this.stop();
    this.lastSentAt = this.clock();
    this.send(this.newest);
  }
}
