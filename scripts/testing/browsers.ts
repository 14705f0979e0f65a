import { existsSync } from 'node:fs';

const CHROMIUM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const FIREFOX = [
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
];

/** The Chromium to test with: the one `CHROMIUM` names, else one in a usual place; undefined without any. */
export function findChromium(env: NodeJS.ProcessEnv): string | undefined {
  return (env.CHROMIUM ? [env.CHROMIUM] : CHROMIUM).find((path) => existsSync(path));
}

/** The Firefox to test with: the one `FIREFOX` names, else one in a usual place; undefined without any. */
export function findFirefox(env: NodeJS.ProcessEnv): string | undefined {
  return (env.FIREFOX ? [env.FIREFOX] : FIREFOX).find((path) => existsSync(path));
}
