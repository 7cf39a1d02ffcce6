import type { JSX } from 'preact';
import type { Gap } from '../api/shapes';
import { Icon } from '../design/icons';
import { clockTime, spokenTime } from '../design/words';
import type { PlayerStore } from './playerStore';
import type { PlayerView } from './playerView';
import { placeWords, Timeline } from './Timeline';

interface Props {
  player: PlayerStore;
  view: PlayerView;
  gaps: Gap[];
  storyboardUrl: string | undefined;
  /** Why nothing new comes for now. */
  pause: string | undefined;
  onFullscreen: () => void;
}

const rates = [0.75, 1, 1.25, 1.5, 2];

export function PlayerControls(props: Props): JSX.Element {
  const { player, view, gaps, storyboardUrl, pause, onFullscreen } = props;
  const playing = !view.paused && !view.ended;
  return (
    // A click must not take the keyboard's focus: after it, Space still means play and pause.
    <div class="player-controls" role="toolbar" aria-label="Player controls" onMouseDown={keepFocus}>
      <Timeline player={player} view={view} gaps={gaps} storyboardUrl={storyboardUrl} />
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
          {placeWords(player, view, view.currentSeconds)}{' '}
          {view.byClock ? null : (
            <span class="dim">/ {clockTime((view.endSeconds - view.startSeconds) * 1000)}</span>
          )}
        </span>
        {view.live ? <LiveButton player={player} view={view} pause={pause} /> : null}
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

function LiveButton({ player, view, pause }: Pick<Props, 'player' | 'view' | 'pause'>): JSX.Element {
  const shownLive = view.atLive && pause === undefined;
  return (
    <button
      type="button"
      class={shownLive ? 'live-button at-live' : 'live-button'}
      aria-label={
        view.atLive
          ? (pause ?? 'You are watching live')
          : `Jump to live, ${spokenTime(view.behindLiveSeconds * 1000)} from here`
      }
      onClick={() => player.ask('live')}
      data-testid="live-button"
    >
      <span class="dot" />
      {view.atLive ? (pause ?? 'LIVE') : 'Go live'}
      {view.atLive ? null : <span class="behind">−{clockTime(view.behindLiveSeconds * 1000)}</span>}
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
