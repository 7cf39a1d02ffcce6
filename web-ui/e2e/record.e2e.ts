import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openChromium } from './browser';
import { pictureTimes, probe } from './probe';
import { until } from './until';

const RECORD_SECONDS = 15;

const url = inject('tapedeckUrl');
let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
}, 60_000);

afterAll(() => browser?.close());

test('records, is watched live, becomes the recording, and gives an MP4', async () => {
  const recorder = await browser.newPage();
  await recorder.goto(url);
  await recorder.getByTestId('preview-button').click();
  await recorder.getByTestId('record-button').click();
  const startedAt = Date.now();

  const link = await recorder.getByTestId('watch-link').inputValue();
  const viewer = await (await browser.newContext()).newPage();
  await viewer.goto(link);
  await until('the viewer sees the picture', 12_000, async () => (await at(viewer)) > 0);
  const first = await at(viewer);
  const firstPicture = await picture(viewer);
  await until('the picture goes on', 6_000, async () => (await at(viewer)) > first + 2);
  expect(await picture(viewer)).not.toBe(firstPicture);
  expect(await stateOf(link)).toBe('recording');

  await until('recorded enough', 60_000, () => Date.now() - startedAt >= RECORD_SECONDS * 1000);
  await recorder.getByTestId('stop-button').click();
  await until('it is ready', 20_000, async () => (await stateOf(link)) === 'ready');

  // The same page, the same link: now the recording. It plays to its end.
  await until('played to the end', 40_000, () =>
    viewer.evaluate(() => document.querySelector('video')?.ended ?? false),
  );
  const { durationMillis } = await session(link);
  expect(durationMillis / 1000).toBeGreaterThan(RECORD_SECONDS - 1);
  expect(durationMillis / 1000).toBeLessThan(RECORD_SECONDS + 2);

  const mp4 = await downloadMp4(viewer);
  const made = probe(mp4);
  expect(made.videoCodec).toBe('h264');
  expect(made.audioCodec).toBe('aac');
  expect(made.durationSeconds).toBeCloseTo(durationMillis / 1000, 0);
  const source = join(folder(), 'source');
  await save(`${url}/media/${idOf(link)}/source`, source);
  expectEachPictureOnce(pictureTimes(source), pictureTimes(mp4));
}, 180_000);

/**
 * Every picture of the source at its own time, and no other: only in a pause of more than a second,
 * as a busy machine's camera has them, the last one may be shown again.
 */
function expectEachPictureOnce(source: number[], made: number[]) {
  const same = (a: number, b: number) => Math.abs(a - b) < 0.0015;
  expect(source.filter((time) => !made.some((other) => same(time, other)))).toEqual([]);
  const extra = made.filter((time) => !source.some((other) => same(time, other)));
  const inPause = (time: number) => {
    const next = source.findIndex((other) => other > time);
    const end = next < 0 ? Number.POSITIVE_INFINITY : (source[next] ?? 0);
    return end - (source.at(next < 0 ? -1 : next - 1) ?? 0) > 1;
  };
  expect(extra.filter((time) => !inPause(time))).toEqual([]);
  expect(made.length).toBe(source.length + extra.length);
}

const at = (page: Page) =>
  page.evaluate(() => document.querySelector('video')?.currentTime ?? 0).catch(() => 0);

/** What the video shows right now, as a data URL of a small copy. */
const picture = (page: Page) =>
  page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 48;
    const video = document.querySelector('video');
    if (video) {
      canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    }
    return canvas.toDataURL();
  });

const idOf = (link: string) => new URL(link).pathname.split('/').pop();

async function session(link: string): Promise<{ state: string; durationMillis: number }> {
  const answer = await fetch(`${url}/api/v1/sessions/${idOf(link)}`);
  return (await answer.json()) as { state: string; durationMillis: number };
}

const stateOf = async (link: string) => (await session(link)).state;

const folder = () => mkdtempSync(join(tmpdir(), 'tapedeck-e2e-'));

async function downloadMp4(page: Page): Promise<string> {
  const button = page.getByTestId('download-mp4');
  await button.waitFor({ timeout: 20_000 });
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const file = join(folder(), 'recording.mp4');
  await download.saveAs(file);
  return file;
}

async function save(address: string, file: string): Promise<void> {
  const { writeFile } = await import('node:fs/promises');
  const answer = await fetch(address);
  expect(answer.status).toBe(200);
  await writeFile(file, Buffer.from(await answer.arrayBuffer()));
}
