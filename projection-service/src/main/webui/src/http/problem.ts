import { isObject, list, text } from '../ui/foreign';

/** One fault of a refused request. */
export interface Fault {
  path: string;
  message: string;
}

/** Why a request did not succeed, in the words of RFC 9457. */
export interface Problem {
  /** HTTP status, 0 when no answer came at all. */
  status: number;
  code: string;
  detail: string;
  remedy: string;
  retryable: boolean;
  errors: Fault[];
  correlationId: string;
}

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.code);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** No answer: the service is away, or something between us and it is. */
export function unreachable(): Problem {
  return {
    status: 0,
    code: 'unreachable',
    detail: '',
    remedy: '',
    retryable: true,
    errors: [],
    correlationId: '',
  };
}

/** Reads a problem body; a body of another form still gives an honest problem. */
export async function readProblem(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => null);
  const members = isObject(body) ? body : {};
  return {
    status: response.status,
    code: text(members['code']) || `http_${response.status}`,
    detail: text(members['detail']) || text(members['title']),
    remedy: text(members['remedy']),
    retryable: members['retryable'] === true || response.status >= 500,
    errors: list(members['errors'])
      .filter(isObject)
      .map((fault) => ({ path: text(fault['path']), message: text(fault['message']) })),
    correlationId: text(members['correlation_id']),
  };
}

export function problemOf(failure: unknown): Problem {
  return failure instanceof ProblemError ? failure.problem : unreachable();
}
