import type { Topology } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { plan } from '../plan.ts';
import { sampleLinks, sampleNode, samplePlan, sampleTopology } from '../testing/sample-plan.ts';
import { NotInContainers } from './not-in-containers.ts';

function planned(topology: Topology) {
  return plan(samplePlan({ topology }));
}

function withPrimary(options: object): Topology {
  const { nodes, links } = sampleTopology();
  return {
    nodes: nodes.map((node) =>
      node.kind === 'sql-primary' ? sampleNode(node.id, node.kind, options) : node,
    ),
    links,
  };
}

describe('a primary', () => {
  it.each([
    { shards: { by: 'key', count: 2 } },
    { synchronousCommit: true },
    { synchronousReplication: true },
    { snapshotSeconds: 30 },
    { snapshotSeconds: null, backupSeconds: 60 },
  ])('is refused with %o, which its image cannot do', (options) => {
    expect(() => planned(withPrimary(options))).toThrow(NotInContainers);
  });

  it('is planned when its options are told and say nothing else than usual', () => {
    const usual = { shards: null, synchronousCommit: false, synchronousReplication: false };
    const noCopies = { snapshotSeconds: null, backupSeconds: null };
    expect(planned(withPrimary({ ...usual, ...noCopies }))).toEqual(planned(sampleTopology()));
  });

  it('is refused when another primary leads to it', () => {
    const { nodes, links } = sampleTopology();
    const id = nodes.find(({ kind }) => kind === 'sql-primary')?.id ?? '';
    const pair: Topology = {
      nodes: [...nodes, sampleNode('second', 'sql-primary')],
      links: [...links, ...sampleLinks(`second>${id}`)],
    };
    expect(() => planned(pair)).toThrow(/Real mode cannot run .* repeats the writes/);
  });
});
