import type { AnyProblem } from './generated/problems.ts';

/** A problem of RFC 9457. Its `code` says which one it is, and what else it has. */
export type Problem = AnyProblem;
export type ProblemCode = Problem['code'];

/** The server answered with a problem. */
export class ProblemError<P extends Problem = Problem> extends Error {
  override readonly name = 'ProblemError';
  constructor(
    readonly problem: P,
    /** What the server asks to wait, in seconds. */
    readonly retryAfter: number | undefined,
  ) {
    super(problem.detail);
  }
  get code(): P['code'] {
    return this.problem.code;
  }
  get status(): P['status'] {
    return this.problem.status;
  }
}

/** No answer came, or one that is not from Rubric. A write may have happened or not. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
  constructor(
    cause: unknown,
    /** The status of an answer that is not from Rubric, for example of a proxy. */
    readonly status: number | undefined,
  ) {
    super(status === undefined ? 'The server cannot be reached.' : `The answer ${status} is not one of Rubric.`, {
      cause,
    });
  }
}

/** Returns whether an error is one of these problems, and narrows its type. Without codes: any problem. */
export function isProblem<Code extends ProblemCode = ProblemCode>(
  error: unknown,
  ...codes: Code[]
): error is ProblemError<Extract<Problem, { code: Code }>> {
  return error instanceof ProblemError && (codes.length === 0 || codes.includes(error.code as Code));
}

/** Converts what the generated client throws. A call that was aborted by its caller stays an `AbortError`. */
export function toError(error: unknown, response: Response | undefined): unknown {
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  const isFromRubric = response?.headers.get('content-type')?.startsWith('application/problem+json');
  if (!response || !isFromRubric) return new ConnectionError(error, response?.status);
  const retryAfter = response.headers.get('retry-after');
  return new ProblemError(error as Problem, retryAfter === null ? undefined : Number(retryAfter));
}
