import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser to test with: the one `CHROMIUM` names, else one in a usual place; undefined without any. */
export function findChromium(env: NodeJS.ProcessEnv): string | undefined {
  return (env.CHROMIUM ? [env.CHROMIUM] : PLACES).find((path) => existsSync(path));
}
