import { CPU_METRIC } from '@project-devops/simulation/protocol';
import { stringify } from 'yaml';
import { ROLES } from '../desired.ts';
import type { ContainerPlan } from '../kinds/node-plan.ts';

export const PROMETHEUS_LIMITS = { cpuMillicores: 200, memoryMiB: 256 };
export const PROMETHEUS_PORT = 9090;
const METRICS_PORT = 9100;

/** Scrapes every second all who tell something about themselves, the exporter for those that do not, and itself. */
export function planPrometheus(targets: readonly string[]): ContainerPlan {
  return {
    image: 'prometheus',
    rank: 3,
    arguments: [],
    configuration: scrapeConfiguration(targets),
    fixed: '',
    environment: {},
    minimumMemoryMiB: PROMETHEUS_LIMITS.memoryMiB,
    pidsLimit: 64,
    dataMiB: 128,
  };
}

function scrapeConfiguration(targets: readonly string[]): string {
  return stringify({
    global: { scrape_interval: '1s', scrape_timeout: '900ms' },
    scrape_configs: [
      ...targets.map((node) => job(node, METRICS_PORT)),
      // What it tells is about the stores and says so in its own label `node`.
      { ...job(ROLES.exporter, METRICS_PORT), honor_labels: true },
      { ...job(ROLES.prometheus, PROMETHEUS_PORT), metric_relabel_configs: CPU_ONLY },
    ],
  });
}

function job(node: string, port: number) {
  return {
    job_name: node,
    static_configs: [{ targets: [`${node}:${port}`], labels: { node } }],
  };
}

/** Of its own figures only the CPU time, under the name that the others use. */
const CPU_ONLY = [
  { source_labels: ['__name__'], regex: 'process_cpu_seconds_total', action: 'keep' },
  { target_label: '__name__', replacement: CPU_METRIC },
];
