import { spawn } from 'node:child_process';

/**
 * The program that opens an address for the person at this machine; null when nobody sits at a desktop
 * here (no terminal, continuous integration, a remote shell, no display) or does not want it.
 *
 * @param {{ platform: string, terminal: boolean, env: NodeJS.ProcessEnv }} machine
 */
export function browserOpener({ platform, terminal, env }) {
  if (!terminal || env.CI || env.SSH_CONNECTION || env.SSH_TTY || env.BROWSER === 'none')
    return null;
  if (platform === 'darwin') return { command: 'open', args: [] };
  if (platform === 'win32') return { command: 'cmd', args: ['/c', 'start', '""'] };
  return env.DISPLAY || env.WAYLAND_DISPLAY ? { command: 'xdg-open', args: [] } : null;
}

/**
 * Opens the address where there is somebody to look at it. The address is printed anyway, so that a failure
 * here is no failure.
 *
 * @param {string} address
 */
export function openBrowser(address) {
  const opener = browserOpener({
    platform: process.platform,
    terminal: process.stdout.isTTY === true && process.stdin.isTTY === true,
    env: process.env,
  });
  if (opener === null) return;
  spawn(opener.command, [...opener.args, address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
