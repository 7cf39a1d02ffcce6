import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { openChromium } from './browser';
import { until } from './until';

const recorded = resolve(import.meta.dirname, '../../deploy/corpus/chr-webm-vp8-480-t1000');

const url = inject('tapedeckUrl');
let browser: Browser;

beforeAll(async () => {
  browser = await openChromium();
}, 60_000);

afterAll(() => browser?.close());

test('a file is sent, paused, goes on after a reload, and plays', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'tapedeck-file-')), 'a day.webm');
  const chunks = readdirSync(recorded).filter((name) => name.endsWith('.bin'));
  writeFileSync(file, Buffer.concat(chunks.sort().map((name) => readFileSync(join(recorded, name)))));
  const totalBytes = readFileSync(file).length;

  const page = await browser.newPage();
  const offsets: number[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') offsets.push(Number(request.headers()['upload-offset']));
  });
  await page.goto(url);
  const network = await page.context().newCDPSession(page);
  const sendAt = (uploadThroughput: number) =>
    network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput,
    });
  await sendAt(totalBytes / 10);
  await page.getByTestId('choose-file').setInputFiles(file);
  await until('a third is sent', 30_000, async () => (await sentBytes(page)) > totalBytes / 3);
  await page.getByTestId('pause-file').click();
  expect(await phase(page)).toBe('paused');

  await page.reload();
  offsets.length = 0;
  await sendAt(-1);
  await page.getByTestId('choose-file').setInputFiles(file);
  await page.getByTestId('watch-file').waitFor({ timeout: 30_000 });
  // It went on where it was.
  expect(offsets[0]).toBeGreaterThan(0);

  await page.getByTestId('watch-file').click();
  await page.getByTestId('watch-page').waitFor();
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const session = async () => (await (await fetch(`${url}/api/v1/sessions/${id}`)).json()) as Session;
  await until('it is ready', 120_000, async () => (await session()).state === 'ready');
  expect((await session()).title).toBe('a day.webm');
  await until('it plays', 20_000, () =>
    page.evaluate(() => (document.querySelector('video')?.currentTime ?? 0) > 1),
  );
  const source = await fetch(`${url}/media/${id}/source`);
  expect(Buffer.from(await source.arrayBuffer()).equals(readFileSync(file))).toBe(true);
}, 240_000);

interface Session {
  state: string;
  title: string;
}

const phase = (page: Page) => page.getByTestId('file-upload').getAttribute('data-phase');

const sentBytes = async (page: Page) =>
  Number(await page.getByTestId('file-status').getAttribute('data-sent-bytes'));
