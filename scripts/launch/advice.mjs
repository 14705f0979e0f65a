/** What npm prints when something outside the project stands in the way, and the way out. */
const CAUSES = [
  {
    pattern:
      /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/,
    advice:
      'The package registry cannot be reached. Check the network (or the proxy npm is told to use) and run the command again.',
  },
  {
    pattern: /\bENOSPC\b/,
    advice:
      'The disk is full. The packages need about 600 MB: make room and run the command again.',
  },
  {
    pattern: /\b(EACCES|EPERM|EROFS)\b/,
    advice:
      'npm may not write here. Make the project folder and the npm cache writable for this user.',
  },
  {
    pattern: /\bE(401|403|404)\b|\bETARGET\b/,
    advice:
      'The package registry refused a package or does not have it. Check which registry npm is told to use.',
  },
  {
    pattern: /\bEINTEGRITY\b/,
    advice: 'A package arrived damaged. Run `npm cache clean --force` and then the command again.',
  },
  {
    pattern: /\bEUSAGE\b/,
    advice:
      'package-lock.json does not match the package.json files. Run `npm install` and keep the new lock file.',
  },
];

/**
 * What to do about a failed installation.
 *
 * @param {string} output what npm printed on its error stream
 */
export function adviceFor(output) {
  const cause = CAUSES.find(({ pattern }) => pattern.test(output));
  return cause?.advice ?? 'The lines above say why. Mend that and run the command again.';
}
