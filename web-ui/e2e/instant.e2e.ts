import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openChromium } from './browser';
import { until } from './until';

const LONG = process.env.TAPEDECK_LONG === 'true';
const FILE_SECONDS = LONG ? 3600 : 300;
const AT_ONCE_MILLIS = 2000;

const url = inject('tapedeckUrl');
let browser: Browser;
let folder: string;

beforeAll(async () => {
  browser = await openChromium();
  folder = mkdtempSync(join(tmpdir(), 'tapedeck-instant-'));
}, 60_000);

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a long H.264 file plays as soon as it is here, and anywhere in it', async () => {
  const page = await browser.newPage();
  await warmUp(page);
  await send(page, film(FILE_SECONDS));
  const arrived = Date.now();
  await page.getByTestId('watch-file').click();
  await until('its first frame', 60_000, () => shown(page, 0));
  const millis = Date.now() - arrived;
  console.log(`${FILE_SECONDS} s of H.264: first frame ${millis} ms after the upload`);

  const late = FILE_SECONDS * 0.8;
  await until('all of it is listed', 60_000, () => endsBehind(page, late));
  const sought = Date.now();
  await page.evaluate((seconds) => {
    const video = document.querySelector('video');
    if (video) video.currentTime = seconds;
  }, late);
  await until('the frame behind a seek', 60_000, () => shown(page, late));
  console.log(`frame at ${late} s: ${Date.now() - sought} ms after the seek`);
  await remove(page);
  expect(millis).toBeLessThanOrEqual(AT_ONCE_MILLIS);
}, 600_000);

/** Nobody is to wait for its ladder. */
async function remove(page: Page): Promise<void> {
  const id = new URL(page.url()).pathname.split('/').at(-1);
  expect((await fetch(`${url}/api/v1/sessions/${id}`, { method: 'DELETE' })).status).toBe(200);
}

/** What runs for the first time is slow. */
async function warmUp(page: Page): Promise<void> {
  await send(page, film(20));
  await page.getByTestId('watch-file').click();
  await until('the first file plays', 60_000, () => shown(page, 0));
}

async function send(page: Page, file: string): Promise<void> {
  await page.goto(url);
  await page.getByTestId('choose-file').setInputFiles(file);
  await page.getByTestId('watch-file').waitFor({ timeout: 120_000 });
}

/** As people's files are: B-frames, its index at the end, a keyframe now and then. */
function film(seconds: number): string {
  const file = join(folder, `${seconds}.mp4`);
  const source = [`testsrc2=s=640x360:r=25:d=${seconds}`, `sine=f=440:r=48000:d=${seconds}`];
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-y'],
    ...source.flatMap((filter) => ['-f', 'lavfi', '-i', filter]),
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-g', '100', '-pix_fmt', 'yuv420p'],
    ...['-c:a', 'aac', '-shortest', file],
  ]);
  return file;
}

const shown = (page: Page, fromSeconds: number) =>
  page.evaluate((seconds) => {
    const video = document.querySelector('video');
    return (
      video !== null &&
      video.readyState >= 2 &&
      !video.seeking &&
      video.currentTime >= seconds &&
      video.getVideoPlaybackQuality().totalVideoFrames > 0
    );
  }, fromSeconds);

const endsBehind = (page: Page, seconds: number) =>
  page.evaluate((wanted) => {
    const seekable = document.querySelector('video')?.seekable;
    return seekable !== undefined && seekable.length > 0 && seekable.end(0) > wanted;
  }, seconds);
