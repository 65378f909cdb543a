/** Prints one line of progress. */
export const printProgress = (line: string) => void process.stderr.write(`${line}\n`);
