import { startExporter } from './exporter/exporter.ts';
import { startService } from './service/service.ts';

/** One program for two containers: `service` serves requests, `exporter` tells about the stores. */
const MODES = { service: startService, exporter: startExporter } as const;

const mode = process.argv[2] ?? '';
if (!Object.hasOwn(MODES, mode)) {
  console.error(
    `The first argument should be one of ${Object.keys(MODES).join(', ')}, not "${mode}".`,
  );
  process.exit(64);
}
try {
  await MODES[mode as keyof typeof MODES](process.env);
} catch (error) {
  console.error(`${mode}: ${(error as Error).message}`);
  process.exit(1);
}
