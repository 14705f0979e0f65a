/** What a process is told by its environment, besides the configuration itself. */
export interface Surroundings {
  /** Text of the configuration at the start. */
  readonly configuration: string | undefined;
  readonly storePassword: string;
  readonly scratchFolder: string;
  readonly httpPort: number;
  readonly metricsPort: number;
  readonly sqlPort: number;
  readonly cachePort: number;
}

/** The images' ports and folder, unless the environment says otherwise (as tests do). */
export function readSurroundings(env: NodeJS.ProcessEnv): Surroundings {
  return {
    configuration: env.CONFIGURATION,
    storePassword: env.STORE_PASSWORD ?? '',
    scratchFolder: env.SCRATCH_FOLDER ?? '/run/devops',
    httpPort: Number(env.HTTP_PORT ?? 8080),
    metricsPort: Number(env.METRICS_PORT ?? 9100),
    sqlPort: Number(env.SQL_PORT ?? 5432),
    cachePort: Number(env.CACHE_PORT ?? 6379),
  };
}
