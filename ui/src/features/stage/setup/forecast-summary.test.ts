import type { CatalogEntry, Scenario, Topology } from '@project-devops/simulation/protocol';
import { describe, expect, it } from 'vitest';
import { announcedTraffic, computeCapacity, summariseForecast } from './forecast-summary.ts';

describe('the sum of a forecast', () => {
  it('says what it starts with, where the peak is and what that asks', () => {
    const forecast = [
      { atSeconds: 0, ratePerSecond: 12 },
      { atSeconds: 300, ratePerSecond: 60 },
      { atSeconds: 480, ratePerSecond: 40 },
    ];
    expect(summariseForecast(forecast)).toEqual({
      startPerSecond: 12,
      peakPerSecond: 60,
      peakAtSeconds: 300,
      growth: 5,
      safeStartUtilisation: 0.2,
    });
  });

  it('knows no growth from nothing', () => {
    const forecast = [
      { atSeconds: 0, ratePerSecond: 0 },
      { atSeconds: 1, ratePerSecond: 5 },
    ];
    expect(summariseForecast(forecast)).toMatchObject({ growth: null, safeStartUtilisation: 0 });
  });

  it('has nothing to say of no load', () => {
    expect(summariseForecast([])).toBeNull();
    expect(summariseForecast([{ atSeconds: 0, ratePerSecond: 0 }])).toBeNull();
  });
});

describe('the servers on the board', () => {
  it('adds up the CPU of compute nodes only', () => {
    const size = { size: 'S', cpuMillicores: 250 } as CatalogEntry['sizes'][number];
    const catalog = [
      { kind: 'vm-basic', group: 'compute', sizes: [size] },
      { kind: 'sql-primary', group: 'data', sizes: [size] },
    ] as unknown as CatalogEntry[];
    const position = { x: 0, y: 0 };
    const topology: Topology = {
      nodes: [
        { kind: 'vm-basic', id: 'web-1', size: 'S', position },
        { kind: 'vm-basic', id: 'web-2', size: 'S', position },
        { kind: 'sql-primary', id: 'primary', size: 'S', position },
      ],
      links: [],
    };
    expect(computeCapacity(topology, catalog)).toEqual({ servers: 2, cores: 0.5 });
  });
});

describe('announced traffic', () => {
  it('leaves out what comes without notice', () => {
    const traffic = { startSeconds: 90, rampSeconds: 5, holdSeconds: 60, factor: 2, label: 'ad' };
    const events = [
      { id: 'ad', department: 'marketing', atSeconds: 0, message: 'tomorrow', traffic },
      { id: 'viral', department: 'marketing', atSeconds: 90, message: 'now', traffic },
      { id: 'news', department: 'pm', atSeconds: 10, message: 'hello' },
    ];
    expect(announcedTraffic({ events } as unknown as Scenario)).toEqual([traffic]);
  });
});
