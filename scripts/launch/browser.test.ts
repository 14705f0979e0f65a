import { expect, it } from 'vitest';
import { browserOpener } from './browser.mjs';

const desktop = { platform: 'linux', terminal: true, env: { DISPLAY: ':0' } };

it.each([
  ['a Linux desktop', desktop, 'xdg-open'],
  ['Wayland', { ...desktop, env: { WAYLAND_DISPLAY: 'wayland-0' } }, 'xdg-open'],
  ['macOS', { ...desktop, platform: 'darwin', env: {} }, 'open'],
  ['Windows', { ...desktop, platform: 'win32', env: {} }, 'cmd'],
])('opens the browser on %s', (_name, machine, command) => {
  expect(browserOpener(machine)?.command).toBe(command);
});

it.each([
  ['no terminal', { ...desktop, terminal: false }],
  ['no display', { ...desktop, env: {} }],
  ['continuous integration', { ...desktop, env: { ...desktop.env, CI: 'true' } }],
  ['a remote shell', { ...desktop, env: { ...desktop.env, SSH_TTY: '/dev/pts/0' } }],
  ['a remote shell on macOS', { ...desktop, platform: 'darwin', env: { SSH_CONNECTION: 'x' } }],
  ['BROWSER=none', { ...desktop, env: { ...desktop.env, BROWSER: 'none' } }],
])('opens none with %s', (_name, machine) => {
  expect(browserOpener(machine)).toBeNull();
});
