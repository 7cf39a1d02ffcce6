import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openChromium } from './browser';
import { MjpegCamera, PICTURE, shownPicture } from './mjpegCamera';
import { until } from './until';

/** What people accept of a camera; on a quiet machine it is half of it. */
const LATENCY_MILLIS = 10_000;

const url = inject('tapedeckUrl');
let browser: Browser;
let camera: MjpegCamera;

beforeAll(async () => {
  browser = await openChromium();
  camera = await MjpegCamera.start();
}, 60_000);

afterAll(async () => {
  await camera?.turnOff();
  await browser?.close();
});

test('a camera is added, watched live and earlier, and a part of it kept', async () => {
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByTestId('to-cameras').click();
  await add(page);
  await page.getByTestId('camera-link').click();
  await page.getByTestId('camera-page').waitFor();
  await until('the camera is seen', 40_000, async () => (await place(page, 'currentSeconds')) > 0.5);

  await until('it is live', 20_000, async () => (await latencyMillis(page)) < LATENCY_MILLIS);
  await until('there is a history', 60_000, async () => (await place(page, 'endSeconds')) > 25);
  const live = await latencyMillis(page);
  console.info(`Behind the camera: ${live} ms`);
  expect(live).toBeLessThan(LATENCY_MILLIS);

  await page.getByTestId('seek').fill('10');
  await until('it shows what was before', 10_000, async () => (await place(page, 'behindSeconds')) > 10);
  await until('it goes on there', 10_000, () => plays(page));
  expect(await player(page).getAttribute('data-at-live')).toBe('false');
  // Its clock tells when what it shows was taken.
  const { picture, clockMillis } = await seen(page);
  expect(Math.abs(clockMillis - camera.takenAtMillis(picture))).toBeLessThan(3_000);

  await page.getByTestId('live-button').click();
  await until('it is live again', 15_000, async () => (await latencyMillis(page)) < LATENCY_MILLIS);

  await page.getByTestId('save-title').fill('The fox');
  await page.getByTestId('save-button').click();
  await page.getByTestId('saved-part').waitFor({ timeout: 15_000 });

  await camera.turnOff();
  const state = page.getByTestId('camera-page');
  await until('it says why it is offline', 30_000, async () => {
    const words = page.getByTestId('camera-trouble');
    return (await words.count()) > 0 && /tried again|tried right now/.test((await words.textContent()) ?? '');
  });
  expect(await state.getAttribute('data-state')).toBe('offline');
  await camera.turnOn();
  await until('it is back', 60_000, async () => (await state.getAttribute('data-state')) === 'online');
  await until('it is live once more', 60_000, async () => (await latencyMillis(page)) < LATENCY_MILLIS);

  const savedId = await page.getByTestId('saved-part').getAttribute('data-id');
  await page.getByTestId('watch-saved').click();
  await page.getByTestId('watch-page').waitFor();
  await until('the part is ready', 90_000, async () => (await session(savedId)).state === 'ready');
  const part = await session(savedId);
  expect(part.title).toBe('The fox');
  expect(part.durationMillis).toBeGreaterThan(15_000);
  expect(part.durationMillis).toBeLessThan(75_000);
  await until('the part plays', 20_000, () => plays(page));
}, 420_000);

test('a deleted camera leaves its history as a recording', async () => {
  const page = await browser.newPage();
  await page.goto(`${url}/cameras`);
  await page.getByTestId('camera-link').click();
  await page.getByTestId('delete-camera').click();
  const answer = await (await fetch(`${url}/api/v1/cameras`)).json();
  const [{ sessionId }] = (answer as { cameras: { sessionId: string }[] }).cameras as [{ sessionId: string }];
  await page.getByTestId('delete-camera-confirm').click();
  await page.getByTestId('camera-deleted').waitFor();
  await until('it is a recording', 90_000, async () => (await session(sessionId)).state === 'ready');
  expect((await session(sessionId)).durationMillis).toBeGreaterThan(15_000);
}, 180_000);

/** Wrong at first: each mistake is told at its field. */
async function add(page: Page): Promise<void> {
  await page.getByTestId('add-camera-submit').click();
  await page.getByTestId('camera-name-error').waitFor();
  await page.getByTestId('camera-name').fill('Door');
  await page.getByTestId('camera-url').fill('http://169.254.169.254/latest/meta-data');
  await page.getByTestId('add-camera-submit').click();
  await page.getByTestId('camera-url-error').waitFor();
  expect(await page.getByTestId('camera').count()).toBe(0);
  await page.getByTestId('camera-url').fill(camera.url);
  await page.getByTestId('camera-segments').selectOption('1');
  await page.getByTestId('camera-history').selectOption('600');
  await page.getByTestId('add-camera-submit').click();
  await page.locator('[data-testid="camera"][data-state="online"]').waitFor({ timeout: 30_000 });
}

const player = (page: Page) => page.getByTestId('player');

async function place(page: Page, name: 'currentSeconds' | 'endSeconds' | 'behindSeconds'): Promise<number> {
  return page.evaluate(
    (key) => Number(document.querySelector<HTMLElement>('.player')?.dataset[key] ?? -1),
    name,
  );
}

/** How long ago what is shown was taken. */
async function latencyMillis(page: Page): Promise<number> {
  const picture = await page.evaluate(shownPicture, PICTURE);
  const age = Date.now() - camera.takenAtMillis(picture);
  return Number.isNaN(age) ? Number.POSITIVE_INFINITY : age;
}

async function seen(page: Page): Promise<{ picture: number; clockMillis: number }> {
  const picture = await page.evaluate(shownPicture, PICTURE);
  return { picture, clockMillis: Number(await player(page).getAttribute('data-clock-millis')) };
}

/** Whether it moves on within a second or so. */
async function plays(page: Page): Promise<boolean> {
  const at = () => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
  const before = await at();
  await new Promise((wake) => setTimeout(wake, 1_000));
  const moved = (await at()) - before;
  return moved > 0.5 && moved < 2;
}

async function session(id: string | null): Promise<{ state: string; title: string; durationMillis: number }> {
  const answer = await fetch(`${url}/api/v1/sessions/${id}`);
  return (await answer.json()) as { state: string; title: string; durationMillis: number };
}
