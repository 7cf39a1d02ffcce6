import type { JSX } from 'preact';
import type { Gap } from '../api/shapes';
import { Icon } from '../design/icons';
import { clockTime } from '../design/words';
import type { PlayerStore, PlayerView } from './playerStore';
import { Timeline } from './Timeline';

interface Props {
  player: PlayerStore;
  view: PlayerView;
  gaps: Gap[];
  onFullscreen: () => void;
}

const rates = [0.75, 1, 1.25, 1.5, 2];

export function PlayerControls({ player, view, gaps, onFullscreen }: Props): JSX.Element {
  const playing = !view.paused && !view.ended;
  return (
    // A click must not take the keyboard's focus: after it, Space still means play and pause.
    <div class="player-controls" role="toolbar" aria-label="Player controls" onMouseDown={keepFocus}>
      <Timeline player={player} view={view} gaps={gaps} />
      <div class="player-row">
        <button
          type="button"
          class="control"
          aria-label={playing ? 'Pause' : 'Play'}
          onClick={() => player.ask('toggle')}
          data-testid="play-pause"
        >
          <Icon name={playing ? 'pause' : 'play'} size={24} />
        </button>
        <Volume player={player} view={view} />
        <span class="player-time" data-testid="player-time">
          {clockTime(view.currentSeconds * 1000)}{' '}
          <span class="dim">/ {clockTime(view.endSeconds * 1000)}</span>
        </span>
        {view.live ? <LiveButton player={player} view={view} /> : null}
        <span class="grow" />
        <label class="control rate">
          <span class="offscreen">Speed</span>
          <select
            value={view.rate}
            onChange={(event) => player.ask('rate', Number(event.currentTarget.value))}
            data-testid="rate"
          >
            {rates.map((rate) => (
              <option key={rate} value={rate}>
                {rate}×
              </option>
            ))}
          </select>
        </label>
        <button
          type="button"
          class="control"
          aria-label="Full screen"
          onClick={onFullscreen}
          data-testid="fullscreen"
        >
          <Icon name="expand" size={22} />
        </button>
      </div>
    </div>
  );
}

function keepFocus(event: MouseEvent): void {
  if (event.target instanceof Element && event.target.closest('button')) event.preventDefault();
}

function LiveButton({ player, view }: { player: PlayerStore; view: PlayerView }): JSX.Element {
  return (
    <button
      type="button"
      class={view.atLive ? 'live-button at-live' : 'live-button'}
      aria-label={view.atLive ? 'You are watching live' : 'Jump to live'}
      onClick={() => player.ask('live')}
      data-testid="live-button"
    >
      <span class="dot" />
      {view.atLive ? 'LIVE' : 'Go live'}
    </button>
  );
}

function Volume({ player, view }: { player: PlayerStore; view: PlayerView }): JSX.Element {
  return (
    <span class="volume">
      <button
        type="button"
        class="control"
        aria-label={view.muted ? 'Sound on' : 'Sound off'}
        onClick={() => player.ask('mute')}
        data-testid="mute"
      >
        <Icon name={view.muted ? 'muted' : 'volume'} size={22} />
      </button>
      <input
        type="range"
        min={0}
        max={1}
        step={0.05}
        value={view.muted ? 0 : view.volume}
        aria-label="Volume"
        onInput={(event) => player.ask('volume', Number(event.currentTarget.value))}
        data-testid="volume"
      />
    </span>
  );
}
