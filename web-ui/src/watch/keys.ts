import type { PlayerStore } from './playerStore';

/** What the keys do, for the page to tell. */
export const keyHelp: readonly (readonly [string, string])[] = [
  ['Space', 'play, pause'],
  ['← →', '5 seconds back, on'],
  ['J L', '10 seconds back, on'],
  ['Home End', 'to the beginning, to the end or live'],
  ['↑ ↓', 'louder, quieter'],
  ['M', 'sound off, on'],
  ['F', 'full screen'],
];

/** Only the part of a key event that is looked at. */
export interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  target: unknown;
  preventDefault(): void;
}

type Action = (player: PlayerStore, onFullscreen: () => void) => void;

const actions: Record<string, Action> = {
  ' ': (player) => player.ask('toggle'),
  k: (player) => player.ask('toggle'),
  arrowleft: (player) => player.ask('skipSeconds', -5),
  arrowright: (player) => player.ask('skipSeconds', 5),
  j: (player) => player.ask('skipSeconds', -10),
  l: (player) => player.ask('skipSeconds', 10),
  home: (player) => player.ask('seekToSeconds', player.view.value.startSeconds),
  end: (player) =>
    player.view.value.live ? player.ask('live') : player.ask('seekToSeconds', player.view.value.endSeconds),
  arrowup: (player) => player.ask('volume', player.view.value.volume + 0.1),
  arrowdown: (player) => player.ask('volume', player.view.value.volume - 0.1),
  m: (player) => player.ask('mute'),
  f: (_, onFullscreen) => onFullscreen(),
};

/** Keys work anywhere on the page, except where an element in focus has its own use for them. */
export function onPlayerKey(event: Key, player: PlayerStore, onFullscreen: () => void): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toLowerCase();
  const action = actions[key];
  if (!action || hasOwnUse(event.target, key)) return;
  event.preventDefault();
  action(player, onFullscreen);
}

function hasOwnUse(target: unknown, key: string): boolean {
  if (typeof Element === 'undefined' || !(target instanceof Element)) return false;
  // The timeline's own steps are too small to travel by.
  if (target.closest('.timeline')) return false;
  if (target.closest('input[type=range]')) return key.startsWith('arrow') || key === 'home' || key === 'end';
  if (target.closest('input, select, textarea, dialog')) return true;
  return key === ' ' && target.closest('button, a, summary') !== null;
}
