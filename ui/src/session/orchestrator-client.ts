import type {
  DoctorReport,
  Ending,
  NodeId,
  Outlook,
  Rank,
  Run,
  Scenario,
  Text,
  Topology,
} from '@project-devops/simulation/protocol';

/** What this browser may do at the server that served the page; `absent` when that is a plain file server. */
export type ServerAccess = 'absent' | 'read' | 'write';

export interface RunSummary {
  readonly id: string;
  readonly savedAt: string;
  readonly player: string | null;
  readonly scenario: { readonly id: string; readonly title: Text; readonly builtIn: boolean };
  readonly seed: number;
  readonly ruleset: string;
  readonly endMs: number;
  readonly verification:
    | {
        readonly state: 'verified';
        /** Null when the stage was not over. */
        readonly outcome: {
          readonly ending: Ending;
          readonly rank: Rank;
          readonly points: number;
          readonly served: number;
        } | null;
      }
    | { readonly state: 'unverified'; readonly reason: 'other-ruleset' };
}

export interface LeaderboardEntry {
  readonly place: number;
  readonly runId: string;
  readonly player: string | null;
  readonly savedAt: string;
  readonly points: number;
  readonly rank: Rank;
  readonly served: number;
}

/** What real mode would run. */
export interface OutlookQuestion {
  readonly topology: Topology;
  readonly classes: Scenario['classes'];
  readonly data: Scenario['data'];
  readonly scale: number;
}

/** A refusal of the server: what happened and what to do, in its own words, and the code programs rely on. */
export class ServerError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, status: number, detail: string) {
    super(detail);
    this.name = 'ServerError';
    this.code = code;
    this.status = status;
  }
}

export interface OrchestratorClient {
  /** Asks once what the server is; never throws. */
  access(): Promise<ServerAccess>;
  /** Sends a run to be verified and kept; the same run again is answered with what is kept. Rejects with a `ServerError`. */
  saveRun(run: Run, player: string | null): Promise<RunSummary>;
  /** The newest kept runs, of one scenario or of all. */
  listRuns(scenarioId?: string): Promise<readonly RunSummary[]>;
  loadRun(id: string): Promise<Run>;
  leaderboard(scenarioId: string, limit?: number): Promise<readonly LeaderboardEntry[]>;
  /** What this machine lacks for real mode. */
  doctor(): Promise<DoctorReport>;
  /** What real mode would start. */
  outlook(question: OutlookQuestion): Promise<Outlook>;
  /** The newest lines that a node's container wrote. */
  containerLogs(node: NodeId): Promise<readonly string[]>;
  /** Where the scorecard of the open real session can be fetched as a file. */
  scorecardAddress(format: 'json' | 'markdown'): string;
}

const isJson = (response: Response): boolean =>
  /^application\/(problem\+)?json\b/.test(response.headers.get('content-type') ?? '');

const field = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;

async function toServerError(response: Response): Promise<ServerError> {
  const body: unknown = isJson(response) ? await response.json().catch(() => null) : null;
  const code = field(body, 'code');
  const detail = field(body, 'detail');
  return new ServerError(
    typeof code === 'string' ? code : 'unexpected',
    response.status,
    typeof detail === 'string' ? detail : `The server answered ${response.status}.`,
  );
}

/** A client of the server's API; `base` is the folder that holds `api/`. */
export function createOrchestratorClient(
  base: string,
  send: typeof fetch = (...input) => fetch(...input),
): OrchestratorClient {
  const api = (path: string): string => new URL(`api/v1/${path}`, base).href;

  /** What only reads is asked twice: a browser breaks requests off when containers change the machine's networks. */
  async function reach(path: string, init?: RequestInit): Promise<Response> {
    const request = () => send(api(path), { credentials: 'same-origin', ...init });
    return init === undefined ? request().catch(request) : request();
  }

  async function ask<T>(path: string, init?: RequestInit): Promise<T> {
    const response = await reach(path, init);
    if (!response.ok || !isJson(response)) throw await toServerError(response);
    return (await response.json()) as T;
  }

  const post = <T>(path: string, body: unknown): Promise<T> =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  return {
    async access() {
      try {
        const { state } = await ask<{ state: unknown }>('session');
        if (state !== 'open' && state !== 'none') return 'absent';
        return state === 'open' ? 'write' : 'read';
      } catch {
        return 'absent';
      }
    },
    saveRun: (run, player) => post('runs', player === null ? { run } : { run, player }),
    async listRuns(scenarioId) {
      const query = scenarioId === undefined ? '' : `?scenario=${encodeURIComponent(scenarioId)}`;
      return (await ask<{ items: readonly RunSummary[] }>(`runs${query}`)).items;
    },
    async loadRun(id) {
      return (await ask<{ run: Run }>(`runs/${encodeURIComponent(id)}`)).run;
    },
    async leaderboard(scenarioId, limit = 10) {
      const path = `scenarios/${encodeURIComponent(scenarioId)}/leaderboard?limit=${limit}`;
      return (await ask<{ items: readonly LeaderboardEntry[] }>(path)).items;
    },
    doctor: () => ask('doctor'),
    outlook: (question) => post('real-outlooks', question),
    async containerLogs(node) {
      const path = `real-session/containers/${encodeURIComponent(node)}/logs`;
      return (await ask<{ lines: readonly string[] }>(path)).lines;
    },
    scorecardAddress: (format) => api(`real-session/scorecard?format=${format}`),
  };
}
