import { LATENCY_BOUNDS_SECONDS } from '@project-devops/simulation/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plan } from './plan.ts';
import { type EngineSession, engineSession } from './testing/engine-session.ts';
import { sampleLinks, sampleNode, samplePlan } from './testing/sample-plan.ts';
import { type Answer, sendRequest } from './testing/send-request.ts';
import { steadyLoad } from './testing/steady-load.ts';

/** What plays a server: it tells its name, or fails, or takes its time. */
const server = (name: string) => `init_by_lua_block {
  require('requests').start { node = '', connections = 0, routed = true, bounds = {}, headers = {}, metrics = {} }
}
server {
  listen 8080;
  location = /healthz { return 200; }
  location = /r/failing { add_header x-failure-cause pool-exhausted always; return 503; }
  location = /r/slow { content_by_lua_block { ngx.sleep(1) ngx.print 'slow' } }
  location / { content_by_lua_block { ngx.sleep(0.02) ngx.print '${name}' } }
}`;

type Nginx = Awaited<ReturnType<EngineSession['startNginx']>>;
let session: EngineSession;
let balancer: Nginx;
let first: Nginx;

/** The balancer's configuration with so many servers. */
function site(servers: readonly string[]): string {
  const nodes = [sampleNode('balancer', 'load-balancer')];
  const webs = servers.map((id) => sampleNode(id, 'vm-basic'));
  const links = servers.flatMap((id) => sampleLinks(`balancer>${id}`));
  const { containers } = plan(samplePlan({ topology: { nodes: [...nodes, ...webs], links } }));
  return containers.find(({ node }) => node === 'balancer')?.configuration ?? '';
}

const configure = (text: string) =>
  session.runtime.exec(balancer.id, ['configure'], {
    environment: { CONFIGURATION: text },
    timeoutMs: 20_000,
  });

const ask = (path: string) => sendRequest(`${balancer.at(8080)}${path}`);
const causeOf = ({ status, cause, node }: Answer) => [status, cause, node];

async function metrics(): Promise<(name: string) => number> {
  const text = await (await fetch(`${balancer.at(9100)}/metrics`)).text();
  return (name) => {
    const line = text.split('\n').find((one) => one.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1) ?? Number.NaN);
  };
}

describe('the image of nginx', () => {
  beforeAll(async () => {
    session = await engineSession(['nginx']);
    first = await session.startNginx('web-1', server('web-1'));
    balancer = await session.startNginx('balancer', site(['web-1']));
  }, 120_000);
  afterAll(() => session[Symbol.asyncDispose]());

  it('counts what it serves, in the shared buckets', async () => {
    const before = await metrics();
    for (let i = 0; i < 5; i++) expect((await ask('/r/home')).status).toBe(200);
    const after = await metrics();
    const grown = (metric: string) => after(metric) - before(metric);
    expect(grown('devops_requests_received_total')).toBe(5);
    expect(grown('devops_request_duration_seconds_count')).toBe(5);
    expect(grown('devops_request_duration_seconds_sum')).toBeGreaterThan(5 * 0.02);
    expect(grown('devops_request_duration_seconds_bucket{le="0.018"}')).toBe(0);
    expect(grown('devops_request_duration_seconds_bucket{le="10"}')).toBe(5);
    for (const bound of LATENCY_BOUNDS_SECONDS) {
      expect(after(`devops_request_duration_seconds_bucket{le="${bound}"}`)).not.toBeNaN();
    }
    expect(grown('devops_cpu_seconds_total')).toBeGreaterThan(0);
    expect(after('devops_requests_in_flight')).toBe(0);
    expect(after('devops_requests_in_flight_peak')).toBe(1);
  });

  it('passes on why a server failed, and counts a failed dependency', async () => {
    const failed = 'devops_request_errors_total{cause="dependency-failed"}';
    const before = (await metrics())(failed);
    expect(causeOf(await ask('/r/failing'))).toEqual([503, 'pool-exhausted', undefined]);
    expect((await metrics())(failed)).toBe(before + 1);
  });

  it('turns away what is more than it may hold', async () => {
    const narrow = site(['web-1']).replace('connections = 512', 'connections = 2');
    expect(await configure(narrow)).toMatchObject({ exitCode: 0 });
    const answers = await Promise.all([1, 2, 3].map(() => ask('/r/slow')));
    expect(answers.map(causeOf).sort()).toEqual([
      [200, undefined, undefined],
      [200, undefined, undefined],
      [503, 'queue-full', 'balancer'],
    ]);
    expect((await metrics())('devops_request_errors_total{cause="queue-full"}')).toBe(1);
    expect((await metrics())('devops_requests_in_flight')).toBe(0);
  });

  it('counts a request that its client gave up', async () => {
    const impatient = fetch(`${balancer.at(8080)}/r/slow`, {
      signal: AbortSignal.timeout(200),
    });
    await expect(impatient).rejects.toThrow();
    const given = async () => (await metrics())('devops_request_errors_total{cause="time-out"}');
    await expect.poll(given).toBe(1);
  });

  it('says that no server is linked', async () => {
    expect(await configure(site([]))).toMatchObject({ exitCode: 0 });
    expect(causeOf(await ask('/r/home'))).toEqual([503, 'no-route', 'balancer']);
  });

  it('keeps the old configuration when the new one is wrong, and says why', async () => {
    expect(await configure(site(['web-1']))).toMatchObject({ exitCode: 0 });
    const answer = await configure(`${site(['web-1'])}\nnonsense;`);
    expect(answer.exitCode).not.toBe(0);
    expect(answer.output).toContain('unknown directive "nonsense"');
    expect((await ask('/r/home')).status).toBe(200);
  });

  it('drops no request and no count when servers come and go under load', async () => {
    const before = await metrics();
    const load = steadyLoad([`${balancer.at(8080)}/r/home`], 100);
    await session.startNginx('web-2', server('web-2'));
    for (const servers of [['web-1', 'web-2'], ['web-2'], ['web-1', 'web-2'], ['web-1']]) {
      expect(await configure(site(servers))).toMatchObject({ exitCode: 0 });
    }
    const outcomes = await load.stop();
    expect(Object.keys(outcomes)).toEqual(['200']);
    const after = await metrics();
    expect(
      after('devops_request_duration_seconds_count') -
        before('devops_request_duration_seconds_count'),
    ).toBe(outcomes['200']);
    expect(after('devops_requests_in_flight')).toBe(0);
  });

  it('takes its servers in turn', async () => {
    expect(await configure(site(['web-1', 'web-2']))).toMatchObject({ exitCode: 0 });
    const names: string[] = [];
    for (let i = 0; i < 6; i++) names.push((await ask('/r/home')).text);
    expect(names.filter((name) => name === 'web-1')).toHaveLength(3);
    expect(names.some((name, i) => name === names[i - 1])).toBe(false);
  });

  it('names the server that does not answer any more', async () => {
    expect(await configure(site(['web-1']))).toMatchObject({ exitCode: 0 });
    await session.runtime.removeContainer(first.id, 0);
    expect(causeOf(await ask('/r/home')).slice(1)).toEqual(['node-down', 'web-1']);
  });

  it('leaves out a server that is not there, and takes it in when it is back', async () => {
    expect(await configure(site(['web-1', 'web-2']))).toMatchObject({ exitCode: 0 });
    expect((await ask('/r/home')).text).toBe('web-2');
    expect(await configure(site(['web-1']))).toMatchObject({ exitCode: 0 });
    expect(causeOf(await ask('/r/home'))).toEqual([502, 'node-down', 'web-1']);
    await session.startNginx('web-1', server('web-1'));
    expect(await configure(site(['web-1']))).toMatchObject({ exitCode: 0 });
    expect((await ask('/r/home')).text).toBe('web-1');
  });
});
