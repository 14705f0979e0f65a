/** Variables of the process, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What to do when npm took options of a program for its own, as it does with all that stand before a `--`
 * (it tells scripts of them in `npm_config_…`); null when it took none. Who got an option through knows of the `--`.
 */
export function keptByNpm(
  program: string,
  options: readonly string[],
  args: readonly string[],
  environment: Environment,
): string | null {
  if (args.some((arg) => arg.startsWith('-'))) return null;
  const kept = options.filter((name) => environment[`npm_config_${name.replaceAll('-', '_')}`]);
  if (kept.length === 0) return null;
  const named = kept.map((name) => `--${name}`).join(', ');
  return `npm took ${named} for its own: write -- before the options, as in npm run ${program} -- FILE --${kept[0]}.`;
}
