import { Logger } from '@nestjs/common';

/**
 * Work that is done again and again, with a pause before each round. A round that fails is logged, and the next one tries
 * again. It keeps no process alive.
 */
export class IntervalTask {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  /** @param failureMessage what is logged of a round that failed, under `name` */
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

  /** Waits for the round that is under way; there is none after it. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private async run() {
    try {
      await this.task();
    } catch (error) {
      new Logger(this.name).warn({ err: error }, this.failureMessage);
    }
  }
}
