import { CATALOG } from '@project-devops/simulation';
import type {
  ContainerView,
  Profile,
  RealProblem,
  Scenario,
  Topology,
} from '@project-devops/simulation/protocol';
import type { Clock } from '../clock.ts';
import { createK6LoadGenerator } from '../load/k6-load-generator.ts';
import type { LoadGenerator } from '../load/load-generator.ts';
import type { ContainerRuntime } from '../runtimes/container-runtime.ts';
import type { ImageTags } from '../sandbox/desired.ts';
import { createPrometheusTelemetry } from '../telemetry/prometheus-telemetry.ts';
import type { MeasuredService, Telemetry } from '../telemetry/telemetry.ts';
import type { Sandbox, SandboxNews } from './sandbox.ts';
