import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { type Browser as Firefox, launch } from 'puppeteer-core';

const CHROMIUM_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const FIREFOX_PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox'];

/** A headless Chromium with a fake camera (30 fps) and microphone that may be used unasked. */
export async function openChromium(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? CHROMIUM_PLACES.find((place) => existsSync(place));
  if (!executablePath) {
    throw new Error('No Chromium found. Install it, or name it with CHROMIUM=/path/to/it.');
  }
  return chromium.launch({
    executablePath,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--autoplay-policy=no-user-gesture-required',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream=fps=30',
    ],
  });
}

/** Where Firefox is, unless there is none; FIREFOX=/path/to/it names another. */
export const firefoxPath = process.env.FIREFOX ?? FIREFOX_PLACES.find((place) => existsSync(place));

/** A headless Firefox that plays and records unasked. */
export async function openFirefox(): Promise<Firefox> {
  if (!firefoxPath) {
    throw new Error('No Firefox found. Install it, or name it with FIREFOX=/path/to/it.');
  }
  return launch({
    browser: 'firefox',
    executablePath: firefoxPath,
    headless: true,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      'media.autoplay.default': 0,
    },
  });
}

/** Says loudly what could not be tried. */
export function notTried(what: string): void {
  console.warn(`NOT TRIED: ${what}.`);
}
