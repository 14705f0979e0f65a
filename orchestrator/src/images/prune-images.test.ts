import { describe, expect, it } from 'vitest';
import { OURS } from '../sandbox/desired.ts';
import { pruneImages } from './prune-images.ts';
import { InMemoryImageStore } from './testing/in-memory-image-store.ts';

describe('removing old images', () => {
  it('removes those of ours that are not kept, and leaves what is used or not ours', async () => {
    const store = new InMemoryImageStore();
    store.add('project-devops/redis:0123456789ab', OURS);
    store.add('project-devops/redis:00000000000a', OURS);
    store.add('project-devops/nginx:00000000000b', OURS);
    store.add('project-devops/k6-program:2.2.0', OURS);
    store.add('project-devops/redis:dev', OURS);
    store.add('project-devops/redis:00000000000c');
    store.add('debian:trixie-slim');
    store.used = ['project-devops/nginx:00000000000b'];
    const removed = await pruneImages(store, { redis: 'project-devops/redis:0123456789ab' });
    expect(removed).toEqual(['project-devops/redis:00000000000a']);
    expect([...store.images.keys()]).not.toContain('project-devops/redis:00000000000a');
    expect(store.images.size).toBe(6);
  });
});
