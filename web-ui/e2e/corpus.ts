import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { until } from './until';

/** Large enough to be few, small enough to be planned while the next one comes. */
const PIECE_BYTES = 4 * 1024 * 1024;

const corpus = resolve(import.meta.dirname, '../../deploy/corpus');

/** Sends a file in pieces, as the doors for files do. */
export async function sendFile(url: string, title: string, mimeType: string, bytes: Buffer): Promise<string> {
  const { id, authorization } = await open(url, { title, mimeType, live: false });
  const pieces = Math.ceil(bytes.length / PIECE_BYTES);
  for (let index = 0; index < pieces; index++) {
    const piece = bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES);
    await put(`${url}/api/v1/sessions/${id}/chunks/${index}`, authorization, piece);
  }
  await complete(url, id, authorization, pieces);
  return id;
}

/** Sends one of the corpus' recordings whose recorder was started anew for each chunk. */
export async function sendRestarted(url: string, name: string): Promise<string> {
  const folder = join(corpus, name);
  const { mimeType } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    mimeType: string;
  };
  const { id, authorization } = await open(url, { title: name, mimeType });
  const chunks = readdirSync(folder).filter((file) => file.endsWith('.bin'));
  for (const [index, file] of chunks.sort().entries()) {
    const door = `${url}/api/v1/sessions/${id}/chunks/${index}?run=${index}`;
    await put(door, authorization, readFileSync(join(folder, file)));
  }
  await complete(url, id, authorization, chunks.length);
  await until(`${name} is ready`, 120_000, async () => {
    const answer = await fetch(`${url}/api/v1/sessions/${id}`);
    return ((await answer.json()) as { state: string }).state === 'ready';
  });
  return id;
}

interface Opened {
  id: string;
  authorization: { Authorization: string };
}

async function open(url: string, wish: object): Promise<Opened> {
  const opened = await fetch(`${url}/api/v1/sessions`, json('POST', wish));
  const { id, uploadToken } = (await opened.json()) as { id: string; uploadToken: string };
  return { id, authorization: { Authorization: `Bearer ${uploadToken}` } };
}

async function put(door: string, authorization: Opened['authorization'], bytes: Buffer): Promise<void> {
  await expectOk(door, {
    method: 'PUT',
    headers: { ...authorization, 'Content-Type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  });
}

async function complete(
  url: string,
  id: string,
  authorization: Opened['authorization'],
  chunks: number,
): Promise<void> {
  const wish = json('POST', { chunks });
  const headers = { ...wish.headers, ...authorization };
  await expectOk(`${url}/api/v1/sessions/${id}/complete`, { ...wish, headers });
}

const json = (method: string, body: object) => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

async function expectOk(url: string, request: RequestInit): Promise<void> {
  const answer = await fetch(url, request);
  if (!answer.ok) {
    throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  }
}
