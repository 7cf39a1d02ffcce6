import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';

/** What a player made of a playlist, as far as it got. */
export interface Played {
  ended: boolean;
  errors: string[];
  currentTime: number;
  duration: number;
}

/** The players, and how each is told to play; `fail` takes what it calls an error. */
const players = {
  'hls.js': {
    script: 'hls.js/dist/hls.js',
    play: `
      const hls = new Hls();
      hls.on(Hls.Events.ERROR, (_, data) => fail(data.type + ' ' + data.details + ' ' + data.error, data));
      hls.attachMedia(video);
      hls.loadSource(url);`,
  },
  'Shaka Player': {
    script: 'shaka-player/dist/shaka-player.compiled.js',
    play: `
      shaka.polyfill.installAll();
      const player = new shaka.Player();
      player.addEventListener('error', (event) => fail(JSON.stringify(event.detail)));
      player.attach(video).then(() => player.load(url)).catch((error) => fail(JSON.stringify(error)));`,
  },
  'video.js': {
    script: 'video.js/dist/video.js',
    play: `
      const player = videojs(video, { html5: { vhs: { overrideNative: true } } });
      player.on('error', () => fail(JSON.stringify(player.error())));
      player.src({ src: url, type: 'application/vnd.apple.mpegurl' });`,
  },
};

export type PlayerName = keyof typeof players;

/** Serves a page for each player on an origin of its own: /?player=…&url=… plays, window.played tells. */
export async function servePlayers(): Promise<{ origin: string; close(): void }> {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://localhost');
    const name = asked.searchParams.get('player') as PlayerName;
    const isPage = asked.pathname === '/';
    response.setHeader('Content-Type', isPage ? 'text/html' : 'text/javascript');
    if (isPage) {
      response.end(page(name, asked.searchParams.get('url') ?? ''));
    } else if (asked.pathname === '/player.js') {
      response.end(readFileSync(resolve(import.meta.dirname, '../node_modules', players[name].script)));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** A stall is told by hls.js as an error that is not fatal; on a busy machine it is none of the playlist. */
const page = (name: PlayerName, url: string) => `<!doctype html>
<video id="video" muted playsinline width="320" height="240"></video>
<script src="/player.js?player=${encodeURIComponent(name)}"></script>
<script>
  const url = ${JSON.stringify(url)};
  let video = document.querySelector('video');
  window.errors = [];
  const fail = (text, data) => {
    if (data && !data.fatal && /bufferStalledError|bufferNudgeOnStall/.test(data.details)) return;
    window.errors.push(text);
  };
  ${players[name].play}
  window.played = () => {
    video = document.querySelector('video');
    if (video.error) fail(video.error.message);
    return { ended: video.ended, errors: window.errors, currentTime: video.currentTime, duration: video.duration };
  };
  setInterval(() => {
    video = document.querySelector('video');
    if (video.readyState > 1 && video.paused && !video.ended) video.play().catch(() => {});
    if (video.playbackRate !== 3 && !video.paused) video.playbackRate = 3;
  }, 200);
</script>`;
