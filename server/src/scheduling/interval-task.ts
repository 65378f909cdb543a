import { Logger } from '@nestjs/common';

/** The longest delay after failures: a PostgreSQL that is read-only for hours must not fill the log. */
const MAX_RETRY_DELAY_MS = 60_000;

/**
 * Runs a task with a fixed delay between runs, never overlapping. A failed run is logged, and the next one retries; with
 * each failure in a row the delay doubles, up to a minute. The timer is unref'd, so it does not keep the process alive.
 */
export class IntervalTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  /** In a row. */
  private failures = 0;

  /** @param failureMessage logged with the error of a failed run, in the context `name` */
  constructor(
    private readonly name: string,
    private readonly delayMs: number,
    private readonly failureMessage: string,
    private readonly task: () => Promise<unknown>,
  ) {}

  start(): void {
    const retryDelayMs = Math.min(this.delayMs * 2 ** this.failures, MAX_RETRY_DELAY_MS);
    this.timer = setTimeout(
      () => {
        this.running = this.run().then(() => {
          if (this.timer) this.start();
        });
      },
      Math.max(this.delayMs, retryDelayMs),
    ).unref();
  }

  /** Stops scheduling runs and waits for the current one. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private async run() {
    try {
      await this.task();
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      new Logger(this.name).warn({ err: error }, this.failureMessage);
    }
  }
}
