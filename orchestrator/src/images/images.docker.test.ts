import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ContainerSpec } from '../runtimes/container-runtime.ts';
import { createDockerRuntime } from '../runtimes/docker.ts';
import { createDockerImageStore } from '../runtimes/docker-images.ts';
import { type ImageName, type ImageTags, LABELS, OURS } from '../sandbox/desired.ts';
import { ensureImages } from './ensure-images.ts';

const session = `images-${randomUUID().slice(0, 8)}`;
const labels = { ...OURS, [LABELS.session]: session };
const runtime = createDockerRuntime();
const PASSWORD = 'trial-password';
const PATIENCE = { timeout: 30_000, interval: 100 };
let tags: ImageTags;

beforeAll(async () => {
  tags = await ensureImages(createDockerImageStore(), () => {});
  await runtime.createNetwork({ name: session, labels });
}, 1_200_000);

afterAll(async () => {
  const containers = await runtime.listContainers(labels);
  await Promise.all(containers.map(({ id }) => runtime.removeContainer(id, 0)));
  for (const { id } of await runtime.listNetworks(labels)) await runtime.removeNetwork(id);
  await runtime[Symbol.asyncDispose]();
});

/** Starts a container as real mode does, and waits until it is healthy. */
async function start(image: ImageName, node: string, environment: Record<string, string>) {
  const spec: ContainerSpec = {
    name: `${session}-${node}`,
    image: tags[image],
    labels: { ...labels, [LABELS.node]: node },
    environment,
    arguments: [],
    pidsLimit: 400,
    scratch: ['/run/devops', '/tmp', '/data'].map((path) => ({ path, sizeMiB: 128 })),
    network: session,
    aliases: [node],
    published: [],
    cpuMillicores: 500,
    memoryMiB: 256,
  };
  const { id } = await runtime.runContainer(spec);
  const health = async () => {
    const state = await runtime.inspectContainer(id);
    return state?.phase === 'exited' ? (await runtime.logs(id, 20)).join('\n') : state?.health;
  };
  await vi.waitFor(async () => expect(await health()).toBe('healthy'), PATIENCE);
  return {
    id,
    run: (command: string[], variables: Record<string, string> = {}) =>
      runtime.exec(id, command, { environment: variables, timeoutMs: 20_000 }),
    configure: (CONFIGURATION: string) =>
      runtime.exec(id, ['configure'], { environment: { CONFIGURATION }, timeoutMs: 20_000 }),
  };
}
type Started = Awaited<ReturnType<typeof start>>;

describe('Postgres', () => {
  const primaryLines = 'role=primary\nitems=500\nhot_rows=10';
  let primary: Started;
  let replica: Started;
  const ask = async (server: Started, sql: string) =>
    (
      await server.run(['psql', '-XAt', '-h/run/devops', '-Upostgres', 'app', '-c', sql])
    ).output.trim();
  /** Opens so many connections at once over the network, as the service's user; answers what those that failed say. */
  const connect = (server: Started, count: number) => {
    const open = `psql -XAtq -h 127.0.0.1 -U app app -c 'select pg_sleep(2)' 2>&1 >/dev/null &`;
    return server.run(['sh', '-c', `${open.repeat(count)} wait`], { PGPASSWORD: PASSWORD });
  };

  beforeAll(async () => {
    const environment = (CONFIGURATION: string) => ({ CONFIGURATION, STORE_PASSWORD: PASSWORD });
    [primary, replica] = await Promise.all([
      start('postgres', 'db', environment(`${primaryLines}\nmax_connections=3`)),
      start('postgres', 'copy', environment('role=replica\nprimary=db\nmax_connections=4')),
    ]);
  });

  it('has the rows of its configuration', async () => {
    const counts = 'select (select count(*) from items), (select count(*) from hot_rows)';
    expect(await ask(primary, counts)).toBe('500|10');
  });

  it('reads as many rows as asked, wherever it begins, more than there are as well', async () => {
    const reads =
      'select read_item(0, 700), read_item(499, 20), read_item(12345, 1), read_item(3, 0)';
    expect(await ask(primary, reads)).toBe('700|20|1|0');
  });

  it('hands writes on to its replica, which refuses them itself', async () => {
    expect(await ask(primary, 'select write_row(3, 50)')).toBe('50');
    const value = () => ask(replica, 'select value from hot_rows where id = 3');
    await expect.poll(value, PATIENCE).toBe('1');
    expect(await ask(replica, 'select write_row(3, 50)')).toContain('read-only');
  });

  it('holds the lock of the row it writes for as long as it writes', async () => {
    const write = `begin; select write_row(5, 1); select pg_sleep(1); commit`;
    const waiting = `psql -XAt -h/run/devops -Upostgres app -c`;
    const script = `${waiting} "${write}" >/dev/null & sleep 0.4; ${waiting} "set lock_timeout = 100; select write_row(5, 1)" 2>&1; wait`;
    expect((await primary.run(['sh', '-c', script])).output).toContain('lock timeout');
  });

  it('refuses the connections beyond its limit, the replica beyond its own', async () => {
    const refused = async (server: Started) =>
      (await connect(server, 6)).output.match(/FATAL: {2}sorry, too many clients already/g)?.length;
    expect(await refused(primary)).toBe(3);
    expect(await refused(replica)).toBe(2);
  });

  it('takes another limit while it runs, and nothing else', async () => {
    expect(await primary.configure(`${primaryLines}\nmax_connections=5`)).toMatchObject({
      exitCode: 0,
    });
    expect((await connect(primary, 6)).output.match(/too many/g)).toHaveLength(1);
    const others = await primary.configure(
      'role=primary\nitems=900\nhot_rows=10\nmax_connections=5',
    );
    expect(others).toMatchObject({ exitCode: 3, output: expect.stringContaining('are fixed') });
    const wrong = await primary.configure(`${primaryLines}\nmax_connections=many`);
    expect(wrong).toMatchObject({ exitCode: 64, output: expect.stringContaining("'many'") });
  });

  it('wants the password', async () => {
    const command = ['psql', '-XAt', '-h', '127.0.0.1', '-U', 'app', 'app', '-c', 'select 1'];
    const { exitCode, output } = await primary.run(command, { PGPASSWORD: 'another' });
    expect(exitCode).toBe(2);
    expect(output).toContain('password authentication failed');
  });
});

describe('Redis', () => {
  let redis: Started;
  beforeAll(async () => {
    redis = await start('redis', 'cache', {
      CONFIGURATION: 'maxmemory 10mb\nmaxmemory-policy allkeys-lru',
    });
  });
  const maxmemory = async () =>
    (await redis.run(['redis-cli', '-p', '6379', 'CONFIG', 'GET', 'maxmemory'])).output;

  it('takes another memory limit while it runs', async () => {
    expect(await maxmemory()).toContain('10485760');
    expect(await redis.configure('maxmemory 20mb\nmaxmemory-samples 10')).toMatchObject({
      exitCode: 0,
    });
    expect(await maxmemory()).toContain('20971520');
  });

  it('refuses what it does not know, and keeps the limit', async () => {
    const before = await maxmemory();
    const policy = await redis.configure('maxmemory 30mb\nmaxmemory-policy none');
    expect(policy).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('maxmemory-policy'),
    });
    const setting = await redis.configure('maxmemory 30mb\nport 1');
    expect(setting).toMatchObject({ exitCode: 64, output: expect.stringContaining("'port'") });
    expect(await maxmemory()).toBe(before);
  });
});

describe('Prometheus', () => {
  it('takes another configuration while it runs, and refuses a wrong one with the reason', async () => {
    const text = (seconds: number) =>
      `global: { scrape_interval: ${seconds}s }\nscrape_configs: []`;
    const prometheus = await start('prometheus', 'prometheus', { CONFIGURATION: text(1) });
    const inForce = async () => (await prometheus.run(['get', '/api/v1/status/config'])).output;
    expect(await prometheus.configure(text(2))).toMatchObject({ exitCode: 0 });
    expect(await inForce()).toContain('scrape_interval: 2s');
    const refused = await prometheus.configure('globl: {}');
    expect(refused).toMatchObject({ exitCode: 64, output: expect.stringContaining('globl') });
    expect(await inForce()).toContain('scrape_interval: 2s');
  });
});

describe('k6', () => {
  it('is ready without sending anything, takes an order and refuses what is none', async () => {
    const k6 = await start('k6', 'k6', {
      GENERATION: '1',
      K6_PROMETHEUS_RW_SERVER_URL: 'http://prometheus:9090/api/v1/write',
    });
    const order = (ORDER: string) => k6.run(['order'], { ORDER });
    expect(await order('{"plan":null,"beginMs":0}')).toEqual({ exitCode: 0, output: '' });
    expect((await k6.run(['ask', 'GET'])).output).toContain('"beginMs":0');
    expect(await order('no order')).toMatchObject({ exitCode: 1 });
  });
});
