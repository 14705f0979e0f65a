import { describe, expect, it } from 'vitest';
import { OURS } from '../sandbox/desired.ts';
import { pruneImages } from './prune-images.ts';
import { InMemoryImageStore } from './testing/in-memory-image-store.ts';

describe('removing old images', () => {
  it('removes those of ours that are not kept, and leaves what is used or not ours', async () => {
    const store = new InMemoryImageStore();
    store.add('project-devops/redis:new', OURS);
    store.add('project-devops/redis:old', OURS);
    store.add('project-devops/nginx:used', OURS);
    store.add('project-devops/k6-program:2.2.0', OURS);
    store.add('project-devops/redis:somebody');
    store.add('debian:trixie-slim');
    store.used = ['project-devops/nginx:used'];
    const removed = await pruneImages(store, { redis: 'project-devops/redis:new' });
    expect(removed).toEqual(['project-devops/redis:old']);
    expect([...store.images.keys()]).not.toContain('project-devops/redis:old');
    expect(store.images.size).toBe(5);
  });
});
