import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { until } from './until';

const corpus = resolve(import.meta.dirname, '../../deploy/corpus');

/** Sends one of the corpus' recordings whose recorder was started anew for each chunk. */
export async function sendRestarted(url: string, name: string): Promise<string> {
  const folder = join(corpus, name);
  const { mimeType } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    mimeType: string;
  };
  const opened = await fetch(`${url}/api/v1/sessions`, json('POST', { title: name, mimeType }));
  const { id, uploadToken } = (await opened.json()) as { id: string; uploadToken: string };
  const authorization = { Authorization: `Bearer ${uploadToken}` };
  const chunks = readdirSync(folder).filter((file) => file.endsWith('.bin'));
  for (const [index, file] of chunks.sort().entries()) {
    await expectOk(`${url}/api/v1/sessions/${id}/chunks/${index}?run=${index}`, {
      method: 'PUT',
      headers: { ...authorization, 'Content-Type': 'application/octet-stream' },
      body: readFileSync(join(folder, file)),
    });
  }
  const complete = json('POST', { chunks: chunks.length });
  await expectOk(`${url}/api/v1/sessions/${id}/complete`, {
    ...complete,
    headers: { ...complete.headers, ...authorization },
  });
  await until(`${name} is ready`, 120_000, async () => {
    const answer = await fetch(`${url}/api/v1/sessions/${id}`);
    return ((await answer.json()) as { state: string }).state === 'ready';
  });
  return id;
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
