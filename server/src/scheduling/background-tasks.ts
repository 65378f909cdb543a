/** Tasks that no request waits for. A shutdown waits for them, before the database is closed. */
export class BackgroundTasks {
  private readonly running = new Set<Promise<void>>();

  /** @param onFailure is called with the error of a task that fails */
  run(task: () => Promise<unknown>, onFailure: (error: unknown) => void): void {
    const running = task()
      .then(() => undefined, onFailure)
      .finally(() => this.running.delete(running));
    this.running.add(running);
  }

  /** Resolves when all tasks have ended, including those that begin while it waits. */
  async finished(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }
}
