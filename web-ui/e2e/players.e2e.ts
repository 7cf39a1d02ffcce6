import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firefoxPath, notTried, openChromium, openFirefox } from './browser';
import { sendRestarted } from './corpus';
import { type Played, type PlayerName, servePlayers } from './playerPage';
import { until } from './until';

const PATIENCE_MILLIS = 90_000;

let pages: Awaited<ReturnType<typeof servePlayers>>;
let address: (player: PlayerName) => string;

beforeAll(async () => {
  pages = await servePlayers();
  const url = inject('tapedeckUrl');
  // Several runs, so that the players meet discontinuities.
  const id = await sendRestarted(url, 'chr-webm-vp8-restart5s');
  const playlist = `${url}/hls/${id}/master.m3u8`;
  address = (player) => `${pages.origin}/?player=${encodeURIComponent(player)}&url=${playlist}`;
}, 180_000);

afterAll(() => pages?.close());

test('hls.js, Shaka and video.js play to the end in Chromium', async () => {
  const browser = await openChromium();
  try {
    const names: PlayerName[] = ['hls.js', 'Shaka Player', 'video.js'];
    await Promise.all(
      names.map(async (name) => {
        const page = await browser.newPage();
        await page.goto(address(name));
        await expectToTheEnd(`${name} in Chromium`, () => page.evaluate(played));
      }),
    );
  } finally {
    await browser.close();
  }
}, 120_000);

test('hls.js plays to the end in Firefox', async ({ skip }) => {
  if (!firefoxPath) {
    notTried('hls.js in Firefox, because there is no Firefox here');
    skip();
  }
  const browser = await openFirefox();
  try {
    const page = await browser.newPage();
    await page.goto(address('hls.js'));
    await expectToTheEnd('hls.js in Firefox', () => page.evaluate(played));
  } finally {
    await browser.close();
  }
}, 120_000);

const played = () => (window as unknown as { played(): Played }).played();

async function expectToTheEnd(what: string, look: () => Promise<Played>): Promise<void> {
  let last: Played | undefined;
  await until(`${what} is over`, PATIENCE_MILLIS, async () => {
    last = await look();
    return last.ended || last.errors.length > 0;
  }).catch((error: Error) => {
    throw new Error(`${error.message}: ${JSON.stringify(last)}`);
  });
  expect(last?.errors, what).toEqual([]);
  expect(last?.duration, what).toBeGreaterThan(19);
  expect(last?.currentTime, what).toBeGreaterThan((last?.duration ?? 0) - 0.2);
}
