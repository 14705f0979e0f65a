import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createDockerImageStore } from './docker-images.ts';

const SPEC = { tag: 'x:1', labels: {}, buildArguments: {}, deadlineMs: 500 };
const nothing = () => {};

/** A store whose engine answers as told. */
async function storeBefore(answer: RequestListener, clock = systemClock) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    store: createDockerImageStore({
      address: { transport: 'tcp', host: '127.0.0.1', port },
      clock,
    }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('the images of a Docker that fails', () => {
  it('rejects a build whose answer is cut off', async () => {
    await using engine = await storeBefore((request, response) => {
      request.resume().on('end', () => {
        response.write('{"stream":"Step 1/2 : FROM x\\n"}\n');
        setTimeout(() => response.destroy(), 50);
      });
    });
    const built = engine.store.build(Readable.from(['tar']), SPEC, nothing);
    await expect(built).rejects.toMatchObject({ code: 'broken-answer', subject: 'x:1' });
  });

  it('rejects a build that is not done within its deadline', async () => {
    await using engine = await storeBefore((request, response) => {
      request.resume();
      response.write('{"stream":"Step 1/2 : FROM x\\n"}\n');
    });
    const built = engine.store.build(Readable.from(['tar']), SPEC, nothing);
    await expect(built).rejects.toMatchObject({ code: 'timed-out' });
  });

  it('rejects a build that is told to be done when no image is there', async () => {
    await using engine = await storeBefore((request, response) => {
      request.resume();
      if (request.url?.includes('/build')) response.end('{"stream":"done\\n"}\n');
      else response.writeHead(404).end('{"message":"no such image: x:1"}');
    });
    const built = engine.store.build(Readable.from(['tar']), SPEC, nothing);
    await expect(built).rejects.toMatchObject({ code: 'broken-answer' });
  });

  it('rejects a build whose files cannot be read', async () => {
    await using engine = await storeBefore((request) => request.resume());
    const broken = new Readable({ read: () => broken.destroy(new Error('no such file')) });
    const built = engine.store.build(broken, SPEC, nothing);
    await expect(built).rejects.toThrow('no such file');
  });

  it('gives up a pull of which nothing is heard, and hears out one that goes on', async () => {
    const clock = createFakeClock();
    const written = Promise.withResolvers<void>();
    const heard: string[] = [];
    await using engine = await storeBefore((_, response) => {
      response.write('{"status":"Pulling"}\n', () => written.resolve());
    }, clock);
    const pulled = engine.store.pull('x:1', 20_000, (line) => heard.push(line));
    pulled.catch(nothing);
    await written.promise;
    await expect.poll(() => heard).toEqual(['Pulling']);
    await clock.run(19_000);
    await clock.run(2_000);
    await expect(pulled).rejects.toMatchObject({ code: 'timed-out' });
  });

  it('says when the registry has no such image', async () => {
    await using engine = await storeBefore((_, response) => {
      response.writeHead(404).end('{"message":"pull access denied for x"}');
    });
    await expect(engine.store.pull('x:1', 1_000, nothing)).rejects.toMatchObject({
      code: 'refused',
      message: 'The registry has no x:1 for this machine.',
    });
  });

  it('refuses a list that is none', async () => {
    await using engine = await storeBefore((_, response) => response.end('{"message":"hello"}'));
    await expect(engine.store.list({})).rejects.toMatchObject({ code: 'broken-answer' });
  });
});
