import { ProblemError, readProblem, unreachable } from './problem';

const ANSWER_WITHIN_MS = 10_000;

export interface ServiceRequest {
  method?: 'GET' | 'POST';
  query?: Record<string, string | number | undefined>;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Calls one service with the session's token; all but 2xx and 304 is a {@link ProblemError}. */
export class ServiceClient {
  private readonly baseUrl: string;
  private readonly token: string;

  /** @param baseUrl absolute, or relative to the page when all services share one origin */
  constructor(baseUrl: string, token: string) {
    this.baseUrl = new URL(baseUrl.replace(/\/?$/, '/'), document.baseURI).href;
    this.token = token;
  }

  async send(path: string, request: ServiceRequest = {}): Promise<Response> {
    const url = new URL(path, this.baseUrl);
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined && value !== '') url.searchParams.set(name, String(value));
    }
    const response = await fetch(url, this.options(request)).catch((failure: unknown) => {
      if (request.signal?.aborted) throw failure;
      throw new ProblemError(unreachable());
    });
    if (!response.ok && response.status !== 304)
      throw new ProblemError(await readProblem(response));
    return response;
  }

  private options({ method = 'GET', body, headers, signal }: ServiceRequest): RequestInit {
    const timeout = AbortSignal.timeout(ANSWER_WITHIN_MS);
    return {
      method,
      headers: {
        Accept: 'application/json',
        Authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      cache: 'no-store',
      credentials: 'omit',
    };
  }
}
