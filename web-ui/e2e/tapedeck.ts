import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from './until';

const repository = resolve(import.meta.dirname, '../..');

/** A whole Tapedeck, started the way a person does it, with data of its own. */
export class Tapedeck {
  private constructor(
    private readonly child: ChildProcess,
    private readonly data: string,
    readonly url: string,
  ) {}

  /** Starts one on a free port. TAPEDECK_URL names one that already runs instead. */
  static async start(): Promise<{ url: string; stop(): Promise<void> }> {
    const running = process.env.TAPEDECK_URL;
    if (running) {
      return { url: running, stop: async () => {} };
    }
    const data = mkdtempSync(join(tmpdir(), 'tapedeck-e2e-'));
    const output = join(data, 'tapedeck.out');
    const log = openSync(output, 'w');
    const child = spawn(join(repository, 'tapedeck'), ['--port', '0', '--data', data], {
      cwd: repository,
      stdio: ['ignore', log, log],
      // The tests' cameras are on this machine, where none may be by default.
      env: { ...process.env, TAPEDECK_CAMERAS_ALLOW: 'private,public,127.0.0.1/32' },
    });
    const state = join(data, 'run', 'state.json');
    await until('tapedeck started', 180_000, () => {
      if (child.exitCode !== null) {
        throw new Error(`tapedeck ended:\n${readFileSync(output, 'utf8')}`);
      }
      return existsSync(state) && read(state).ready;
    });
    return new Tapedeck(child, data, read(state).url);
  }

  /** Stops it the way Ctrl-C does. */
  async stop(): Promise<void> {
    this.child.kill('SIGINT');
    await until('tapedeck stopped', 30_000, () => this.child.exitCode !== null);
    rmSync(this.data, { recursive: true, force: true });
  }
}

const read = (state: string) => JSON.parse(readFileSync(state, 'utf8')) as { url: string; ready: boolean };
