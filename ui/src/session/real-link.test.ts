import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRealLink } from './real-link.ts';
import { createSampleSocket, type SampleSocket } from './sample-socket.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function createSample() {
  const sockets: SampleSocket[] = [];
  const news: string[] = [];
  const link = createRealLink(
    () => {
      const socket = createSampleSocket();
      sockets.push(socket);
      return socket.port;
    },
    {
      connected: () => news.push('connected'),
      message: ({ type }) => news.push(type),
      lost: () => news.push('lost'),
    },
  );
  return { link, sockets, news, socket: () => sockets.at(-1) as SampleSocket };
}

it('tries again, ever more slowly, until it is connected', () => {
  const { sockets, news, socket } = createSample();
  socket().open();
  socket().drop();
  expect(news).toEqual(['connected', 'lost']);
  const waits: number[] = [];
  for (const wait of [300, 700, 1_500, 3_000, 5_000, 5_000]) {
    const before = sockets.length;
    vi.advanceTimersByTime(wait - 1);
    expect(sockets).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(before + 1);
    waits.push(wait);
    socket().drop();
  }
  expect(waits).toHaveLength(6);
});

it('begins with short waits again after a connection', () => {
  const { sockets, socket } = createSample();
  socket().drop();
  vi.advanceTimersByTime(300);
  socket().open();
  socket().drop();
  vi.advanceTimersByTime(300);
  expect(sockets).toHaveLength(3);
});

it('sends nothing while it is away', () => {
  const { link, socket } = createSample();
  link.send({ type: 'leave' });
  socket().open();
  link.send({ type: 'resume' });
  expect(socket().sent).toEqual([{ type: 'resume' }]);
});

it('gives a silent connection up at once', () => {
  const { link, sockets, news, socket } = createSample();
  socket().open();
  link.renew();
  vi.advanceTimersByTime(300);
  socket().open();
  expect(sockets).toHaveLength(2);
  expect(news).toEqual(['connected', 'lost', 'connected']);
});

it('does not come back once it is closed, and hears nothing more', () => {
  const { link, sockets, news, socket } = createSample();
  socket().open();
  link.close();
  socket().say({ type: 'state', state: { phase: 'off' } });
  vi.advanceTimersByTime(60_000);
  expect(sockets).toHaveLength(1);
  expect(news).toEqual(['connected']);
});

it('passes over what is no message', () => {
  const { news, socket } = createSample();
  socket().open();
  socket().sayRaw('{nonsense');
  socket().sayRaw(new Blob());
  expect(news).toEqual(['connected']);
});
