import type { ConsoleMessage, Page } from '@playwright/test';

/** Chromium's own notes on drawing without a graphics card, set off by taking a picture. */
const DRIVER_NOTE = /GL Driver Message/;

/**
 * What a page complains of from now on: uncaught errors, errors and warnings of the console (Chromium puts
 * violations of the content security policy and failed requests there) and crashes.
 */
export function collectComplaints(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('crash', () => complaints.push('the page crashed'));
  page.on('console', (message) => {
    if (isComplaint(message)) {
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  return complaints;
}

function isComplaint(message: ConsoleMessage): boolean {
  return ['error', 'warning'].includes(message.type()) && !DRIVER_NOTE.test(message.text());
}
