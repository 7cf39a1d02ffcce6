import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BITS = 8;
const PICTURES = 1 << BITS;
export const PICTURE_WIDTH = 320;
export const PICTURE_HEIGHT = 176;
const INTERVAL_MILLIS = 100;

/**
 * A camera as shops sell them: Motion JPEG over HTTP, ten pictures a second. Each says its number in eight
 * black or white bars, so that whoever sees one knows when it was taken.
 */
export class MjpegCamera {
  private readonly sentAtMillis = new Array<number>(PICTURES).fill(Number.NaN);
  private readonly viewers = new Set<ServerResponse>();
  private server: Server | null = null;
  private timer: NodeJS.Timeout | undefined;
  private port = 0;
  private next = 0;

  private constructor(private readonly pictures: Buffer[]) {}

  static async start(): Promise<MjpegCamera> {
    const camera = new MjpegCamera(pictures());
    await camera.turnOn();
    return camera;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/video.mjpg`;
  }

  /** At the same address as before. */
  async turnOn(): Promise<void> {
    const server = createServer((_, response) => this.show(response));
    await new Promise<void>((ready) => server.listen(this.port, '127.0.0.1', ready));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    this.timer = setInterval(() => this.take(), INTERVAL_MILLIS);
  }

  async turnOff(): Promise<void> {
    clearInterval(this.timer);
    const { server } = this;
    this.server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }

  /** When that picture was taken last. */
  takenAtMillis(picture: number): number {
    return this.sentAtMillis[picture] ?? Number.NaN;
  }

  private show(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'multipart/x-mixed-replace; boundary=picture' });
    this.viewers.add(response);
    response.on('close', () => this.viewers.delete(response));
  }

  private take(): void {
    const picture = this.pictures[this.next];
    if (!picture) throw new Error(`no picture ${this.next}`);
    this.sentAtMillis[this.next] = Date.now();
    this.next = (this.next + 1) % PICTURES;
    for (const viewer of this.viewers) {
      viewer.write(`--picture\r\nContent-Type: image/jpeg\r\nContent-Length: ${picture.length}\r\n\r\n`);
      viewer.write(picture);
      viewer.write('\r\n');
    }
  }
}

/** Runs in the page: the number of the picture that its video shows. */
export function shownPicture(size: { width: number; height: number; bits: number }): number {
  const video = document.querySelector('video');
  const canvas = document.createElement('canvas');
  canvas.width = size.width;
  canvas.height = size.height;
  const context = canvas.getContext('2d');
  if (!video || !context) return -1;
  context.drawImage(video, 0, 0, size.width, size.height);
  let number = 0;
  for (let bit = 0; bit < size.bits; bit++) {
    const x = Math.floor(((bit + 0.5) * size.width) / size.bits);
    const [red = 0] = context.getImageData(x, size.height / 2, 1, 1).data;
    number = number * 2 + (red > 127 ? 1 : 0);
  }
  return number;
}

export const PICTURE = { width: PICTURE_WIDTH, height: PICTURE_HEIGHT, bits: BITS };

function pictures(): Buffer[] {
  const folder = mkdtempSync(join(tmpdir(), 'tapedeck-camera-'));
  const raw = Buffer.concat(Array.from({ length: PICTURES }, (_, number) => bars(number)));
  const size = `${PICTURE_WIDTH}x${PICTURE_HEIGHT}`;
  const input = ['-f', 'rawvideo', '-pix_fmt', 'gray', '-s', size, '-r', '10', '-i', '-'];
  const output = ['-pix_fmt', 'yuvj420p', '-q:v', '3', join(folder, '%d.jpg')];
  execFileSync('ffmpeg', ['-v', 'error', ...input, ...output], { input: raw });
  const files = Array.from({ length: PICTURES }, (_, n) => readFileSync(join(folder, `${n + 1}.jpg`)));
  rmSync(folder, { recursive: true });
  return files;
}

function bars(number: number): Buffer {
  const row = Buffer.alloc(PICTURE_WIDTH);
  for (let x = 0; x < PICTURE_WIDTH; x++) {
    const bit = BITS - 1 - Math.floor((x * BITS) / PICTURE_WIDTH);
    row[x] = (number >> bit) & 1 ? 235 : 16;
  }
  return Buffer.concat(Array.from({ length: PICTURE_HEIGHT }, () => row));
}
