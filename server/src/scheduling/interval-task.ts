import { Logger } from '@nestjs/common';

/**
 * Runs a task with a fixed delay between runs, never overlapping. After a failure, the next run retries; the first of
 * several failures is logged, and so is the success after them. The timer is unref'd, so it does not keep the process
 * alive.
 */
export class IntervalTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private isFailing = false;

  /** @param failureMessage logged with the error of a failed run, in the context `name` */
  constructor(
    private readonly name: string,
    private readonly delayMs: number,
    private readonly failureMessage: string,
    private readonly task: () => Promise<unknown>,
  ) {}

  start(): void {
    this.timer = setTimeout(() => {
      this.running = this.run().then(() => {
        if (this.timer) this.start();
      });
    }, this.delayMs).unref();
  }

  /** Stops scheduling runs and waits for the current one. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private async run() {
    const logger = new Logger(this.name);
    try {
      await this.task();
      if (this.isFailing) logger.log('the last run succeeded again');
      this.isFailing = false;
    } catch (error) {
      if (!this.isFailing) logger.warn({ err: error }, this.failureMessage);
      this.isFailing = true;
    }
  }
}
