import { fileURLToPath } from 'node:url';
import { parse } from '@project-devops/simulation/protocol';
import envPaths from 'env-paths';
import Type, { type Static, type TSchema } from 'typebox';

/** Each setting under the name of its environment variable; `description` ends the sentence "it should be …". */
export const ConfigSchema = Type.Object({
  HOST: Type.String({
    pattern: '^[0-9A-Za-z.:_-]{1,253}$',
    default: '127.0.0.1',
    description: 'an address or host name to listen on, such as 127.0.0.1',
  }),
  PORT: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 4700,
    description: 'a whole number from 0 to 65535 (0 takes any free port)',
  }),
  DATA_DIR: Type.String({
    maxLength: 4_096,
    default: envPaths('project-devops', { suffix: '' }).data,
    description: 'the path of a folder in which runs are stored',
  }),
  UI_DIR: Type.String({
    maxLength: 4_096,
    default: fileURLToPath(new URL('../../ui/dist', import.meta.url)),
    description: 'the path of the folder with the built user interface',
  }),
  ALLOWED_HOSTS: Type.Array(
    Type.String({
      pattern: '^([0-9A-Za-z_-]{1,63}(\\.[0-9A-Za-z_-]{1,63}){0,20}|(?=.*:.*:)[0-9a-fA-F:]{2,39})$',
    }),
    {
      maxItems: 100,
      default: [],
      description: 'host names without port, separated by commas, such as devops.example,10.0.0.5',
    },
  ),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'warn',
    description: 'one of fatal, error, warn, info, debug, trace, silent',
  }),
});
type Settings = Static<typeof ConfigSchema>;
type Variable = keyof Settings;

/** What the server runs with. `portAsked` is false when PORT was left to its default. */
export interface Config extends Readonly<Settings> {
  readonly portAsked: boolean;
}

export type ConfigReading =
  | { readonly ok: true; readonly config: Config }
  /** One sentence a wrong variable. */
  | { readonly ok: false; readonly faults: readonly string[] };

/** Reads the settings from environment variables; an empty variable counts as not set. */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
): ConfigReading {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [variable, schema] of Object.entries(ConfigSchema.properties)) {
    const text = environment[variable] ?? '';
    const value = text === '' ? defaultOf(schema) : fromText(variable as Variable, text);
    if (!parse(schema, value).ok) {
      faults.push(
        `${variable} is ${JSON.stringify(text.slice(0, 80))}; it should be ${descriptionOf(schema)}.`,
      );
    }
    values[variable] = value;
  }
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    config: { ...(values as Settings), portAsked: (environment.PORT ?? '') !== '' },
  };
}

function fromText(variable: Variable, text: string): unknown {
  switch (variable) {
    case 'PORT':
      return /^\d{1,5}$/.test(text) ? Number(text) : text;
    case 'ALLOWED_HOSTS':
      return text.split(',').map((name) => name.trim());
    default:
      return text;
  }
}

function defaultOf(schema: TSchema): unknown {
  return (schema as { default?: unknown }).default;
}

function descriptionOf(schema: TSchema): string {
  return (schema as { description?: string }).description ?? '';
}
