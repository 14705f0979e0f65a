import { randomUUID } from 'node:crypto';
import { pack } from 'tar-stream';
import { afterAll, describe, expect, it } from 'vitest';
import { createDockerImageStore } from './docker-images.ts';

const trial = `trial-${randomUUID()}`;
const labels = { 'dev.project-devops.test': trial };
const tag = (name: string) => `project-devops-${trial}:${name}`;
const store = createDockerImageStore();

function context(dockerfile: string) {
  const tar = pack();
  tar.entry({ name: 'Dockerfile' }, dockerfile);
  tar.entry({ name: 'greeting' }, 'hello');
  tar.finalize();
  return tar;
}

async function build(name: string, dockerfile: string, buildArguments = {}) {
  const lines: string[] = [];
  const spec = { tag: tag(name), labels, buildArguments, deadlineMs: 60_000 };
  const image = await store.build(context(dockerfile), spec, (line) => lines.push(line));
  return { image, lines };
}

afterAll(async () => {
  for (const image of await store.list(labels)) await store.remove(image.tag);
  await store.remove(tag('imported'));
});

describe("Docker's images", () => {
  it('are built from a tar stream, with labels and arguments, and found by tag and labels', async () => {
    const dockerfile = 'ARG FILE\nFROM scratch\nARG FILE\nCOPY $FILE /\nLABEL own=1\n';
    const { image, lines } = await build('built', dockerfile, { FILE: 'greeting' });
    expect(image).toMatchObject({ tag: tag('built'), labels: { ...labels, own: '1' } });
    expect(lines[0]).toBe('Step 1/6 : ARG FILE');
    expect(await store.find(tag('built'))).toEqual(image);
    expect(await store.list({ ...labels, own: '1' })).toEqual([image]);
    expect(await store.list({ ...labels, own: '2' })).toEqual([]);
  });

  it('are not there when a step failed, whose reason is told', async () => {
    const failing = build('failing', 'FROM scratch\nCOPY absent /\n');
    await expect(failing).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(/absent/),
    });
    expect(await store.find(tag('failing'))).toBeNull();
  });

  it('are made of a root file system', async () => {
    const tar = pack();
    tar.entry({ name: 'etc/motd' }, 'hello');
    tar.finalize();
    const spec = { tag: tag('imported'), changes: ['CMD ["sh"]'], deadlineMs: 30_000 };
    expect(await store.importRoot(tar, spec)).toMatchObject({ tag: tag('imported') });
  });

  it('go when they are removed, and are no error when gone already', async () => {
    await build('removed', 'FROM scratch\nCOPY greeting /removed\n');
    await store.remove(tag('removed'));
    expect(await store.find(tag('removed'))).toBeNull();
    await store.remove(tag('removed'));
  });

  it('are refused by a registry that cannot be reached or does not have them', async () => {
    const pull = store.pull(`127.0.0.1:9/${trial}:1`, 10_000, () => {});
    await expect(pull).rejects.toMatchObject({ name: 'RuntimeError' });
  });

  it('are not made after an interruption', async () => {
    const interruption = new AbortController();
    const spec = {
      ...{ tag: tag('interrupted'), labels, buildArguments: {}, deadlineMs: 60_000 },
      signal: interruption.signal,
    };
    const dockerfile = 'FROM debian:trixie-slim\nRUN sleep 30\n';
    const building = store.build(context(dockerfile), spec, (line) => {
      if (line.includes('RUN')) interruption.abort();
    });
    await expect(building).rejects.toThrow();
    expect(await store.find(tag('interrupted'))).toBeNull();
  });
});
