/** What an RFC 9457 problem document says, as far as anybody here reads it. */
export interface Problem {
  /** Stable, for programs: `session-closed`, `chunk-too-large`, … */
  code: string;
  /** For people: what happened and what to do next. */
  detail: string;
  /** The document itself, for its extension members. */
  members: Record<string, unknown>;
}

/** A door answered with a status that is not a success. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly members: Record<string, unknown>;
  /** How long the server asks to be left alone, if it said so. */
  readonly retryAfterMillis: number | undefined;

  constructor(status: number, problem: Problem, retryAfterMillis?: number) {
    super(`${status} ${problem.code}: ${problem.detail}`);
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code;
    this.detail = problem.detail;
    this.members = problem.members;
    this.retryAfterMillis = retryAfterMillis;
  }
}

/** No answer came: no network, no server, or it took too long. */
export class NoAnswerError extends Error {
  constructor(cause: unknown) {
    super('The server did not answer.', { cause });
    this.name = 'NoAnswerError';
  }
}

/** Reads an unsuccessful answer, whatever a proxy on the way may have put in its place. */
export async function readProblem(response: Response, nowMillis: number): Promise<ApiError> {
  let members: Record<string, unknown> = {};
  try {
    const body: unknown = JSON.parse(await response.text());
    if (typeof body === 'object' && body !== null) members = body as Record<string, unknown>;
  } catch {
    // Not JSON: a proxy's page. The status alone must do.
  }
  const problem = {
    code: text(members.code) ?? `http-${response.status}`,
    detail: text(members.detail) ?? text(members.title) ?? `The server answered ${response.status}.`,
    members,
  };
  return new ApiError(response.status, problem, retryAfterMillis(response.headers, nowMillis));
}

/** RFC 9110 §10.2.3: seconds, or a date. */
function retryAfterMillis(headers: Headers, nowMillis: number): number | undefined {
  const value = headers.get('Retry-After');
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const dateMillis = Date.parse(value);
  return Number.isNaN(dateMillis) ? undefined : Math.max(0, dateMillis - nowMillis);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** One sentence for people out of anything thrown. */
export function words(error: unknown): string {
  if (error instanceof ApiError) return error.detail;
  if (error instanceof NoAnswerError)
    return 'The server cannot be reached. Check the connection and try again.';
  return error instanceof Error ? error.message : String(error);
}
