import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { openChromium } from './browser';
import { sendFile } from './corpus';
import { until } from './until';

const SECONDS = 300;
const FAR_SECONDS = 270;

interface Shown {
  state: string;
  processing?: { progress: number };
}

test('a file plays from its beginning and from where nothing is rendered yet', async () => {
  const url = inject('tapedeckUrl');
  const id = await sendFile(url, 'a long film', 'video/webm', film(SECONDS));
  const look = async () => (await (await fetch(`${url}/api/v1/sessions/${id}`)).json()) as Shown;
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    await page.goto(`${url}/watch/${id}`);
    const video = page.getByTestId('video');
    const seconds = () => video.evaluate((one: HTMLVideoElement) => one.currentTime);
    await until(
      'the beginning plays',
      60_000,
      async () => (await video.count()) > 0 && (await seconds()) > 0.5,
    );

    await video.evaluate((one: HTMLVideoElement, to) => {
      one.currentTime = to;
    }, FAR_SECONDS);
    const { state, processing } = await look();
    const begun = Date.now();
    await until('the end plays', 60_000, async () => (await seconds()) > FAR_SECONDS + 1);
    console.info(
      `seek to what was not rendered (${state} ${processing?.progress}): ${Date.now() - begun} ms`,
    );
    expect(state).toBe('completing');
    expect(await video.evaluate((one: HTMLVideoElement) => one.duration)).toBeCloseTo(SECONDS, 0);
    expect(await page.getByTestId('player-broken').count()).toBe(0);
  } finally {
    await browser.close();
  }
}, 240_000);

test('a part that turns out not to be renderable is passed over', async () => {
  const url = inject('tapedeckUrl');
  const id = await sendFile(url, 'a film with a scratch', 'video/webm', film(30));
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    let asked = false;
    await page.route('**/1/4.ts', (route) => {
      asked = true;
      return route.fulfill({ status: 404 });
    });
    // Whoever comes later is told.
    await page.route('**/index.m3u8*', async (route) => {
      const answer = await route.fetch();
      const text = await answer.text();
      const told = text.replace(/(#EXTINF:[^\n]*\n1\/4\.ts)/, '#EXT-X-GAP\n$1');
      return route.fulfill({ response: answer, body: asked ? told : text });
    });
    await page.goto(`${url}/watch/${id}`);
    const video = page.getByTestId('video');
    const seconds = () => video.evaluate((one: HTMLVideoElement) => one.currentTime);
    await until(
      'what is behind the part plays',
      90_000,
      async () => (await video.count()) > 0 && (await seconds()) > 12,
    );
    expect(asked).toBe(true);
  } finally {
    await browser.close();
  }
}, 180_000);

/** Something in a codec that has to be encoded anew. */
function film(seconds: number): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-film-'));
  try {
    const file = join(folder, 'film.webm');
    const made = spawnSync('ffmpeg', [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc2=size=480x270:rate=10'],
      ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000', '-t', `${seconds}`],
      ...['-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '16', '-b:v', '500k', '-g', '60'],
      ...['-c:a', 'libopus', '-b:a', '48k', file],
    ]);
    expect(made.status, `${made.stderr}`).toBe(0);
    return readFileSync(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
