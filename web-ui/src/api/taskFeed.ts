import type { Clock } from '../clock';
import type { Cancel } from '../store';
import { type ApiClient, taskUrl } from './client';
import { isFinal, type Task } from './shapes';

/** Tells what becomes of a task until it has come to an end. */
export interface TaskFeed {
  follow(taskId: string, listener: (task: Task) => void): Cancel;
}

/** The part of `EventSource` that is used. */
export interface Events {
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void;
  close(): void;
}

const pollMillis = 1_500;

/** Follows by server-sent events, and by asking where those do not get through. */
export class LiveTaskFeed implements TaskFeed {
  readonly #api: ApiClient;
  readonly #clock: Clock;
  readonly #open: (url: string) => Events;

  constructor(api: ApiClient, clock: Clock, open: (url: string) => Events = (url) => new EventSource(url)) {
    this.#api = api;
    this.#clock = clock;
    this.#open = open;
  }

  follow(taskId: string, listener: (task: Task) => void): Cancel {
    let stopPolling: Cancel = () => {};
    let stopped = false;
    const events = this.#open(`${taskUrl(taskId)}/events`);
    const stop = () => {
      stopped = true;
      events.close();
      stopPolling();
    };
    const take = (task: Task) => {
      if (stopped) return;
      if (isFinal(task.state)) stop();
      listener(task);
    };
    const onEvent = (event: { data?: unknown }) => {
      if (typeof event.data === 'string') take(JSON.parse(event.data) as Task);
    };
    events.addEventListener('message', onEvent);
    events.addEventListener('task', onEvent);
    events.addEventListener('error', () => {
      events.close();
      stopPolling();
      if (!stopped) stopPolling = this.#poll(taskId, take);
    });
    return stop;
  }

  #poll(taskId: string, take: (task: Task) => void): Cancel {
    let cancelTimer: Cancel = () => {};
    let stopped = false;
    const ask = async () => {
      const task = await this.#api.task(taskId).catch(() => null);
      if (stopped) return;
      if (task) take(task);
      if (!task || !isFinal(task.state)) cancelTimer = this.#clock.after(pollMillis, ask);
    };
    void ask();
    return () => {
      stopped = true;
      cancelTimer();
    };
  }
}
