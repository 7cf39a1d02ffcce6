import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Gap } from '../api/shapes';
import { clockTime, spokenTime, timeOfDay } from '../design/words';
import type { PlayerStore } from './playerStore';
import type { PlayerView } from './playerView';
import { type Tile, tileAt } from './storyboard';
import { useStoryboard } from './useStoryboard';

interface Props {
  player: PlayerStore;
  view: PlayerView;
  gaps: Gap[];
  /** Small pictures for whoever looks for a place. */
  storyboardUrl: string | undefined;
}

/**
 * Where one is in the session, and the way to anywhere else in it. Known gaps are hatched. It shows what
 * can be watched now: of a history that moves on, the rest of it.
 */
export function Timeline({ player, view, gaps, storyboardUrl }: Props): JSX.Element {
  const [hoverSeconds, setHover] = useState<number | null>(null);
  const tiles = useStoryboard(storyboardUrl, hoverSeconds !== null);
  const { currentSeconds, startSeconds, endSeconds, bufferedSeconds } = view;
  const lengthSeconds = endSeconds - startSeconds;
  const share = (seconds: number) =>
    `${lengthSeconds > 0 ? Math.min(100, (seconds / lengthSeconds) * 100) : 0}%`;
  const percent = (seconds: number) => share(Math.max(0, seconds - startSeconds));
  const onMove = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    setHover(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * lengthSeconds + startSeconds);
  };
  return (
    <div class="timeline" onPointerMove={onMove} onPointerLeave={() => setHover(null)}>
      <div class="timeline-track" aria-hidden="true">
        <div class="timeline-buffered" style={{ width: percent(bufferedSeconds) }} />
        <div class="timeline-played" style={{ width: percent(currentSeconds) }} />
        {gaps.map((gap) => (
          <div
            key={gap.startMillis}
            class="timeline-gap"
            style={{ left: percent(gap.startMillis / 1000), width: share(gap.durationMillis / 1000) }}
          />
        ))}
      </div>
      <input
        type="range"
        min={startSeconds}
        max={Math.max(endSeconds, startSeconds + 0.1)}
        step={0.1}
        value={currentSeconds}
        aria-label="Seek"
        aria-valuetext={spokenPlace(view)}
        onInput={(event) => player.ask('seekToSeconds', Number(event.currentTarget.value))}
        data-testid="seek"
      />
      {hoverSeconds !== null && lengthSeconds > 0 ? (
        <span class="timeline-hover" style={{ left: percent(hoverSeconds) }} aria-hidden="true">
          <Thumbnail tile={tileAt(tiles, hoverSeconds)} />
          {placeWords(player, view, hoverSeconds)}
        </span>
      ) : null}
    </div>
  );
}

/** The time of day, where there is no beginning to count from; else how far it is from there. */
export function placeWords(player: PlayerStore, view: PlayerView, seconds: number): string {
  const clockMillis = view.byClock ? player.clockMillisAt(seconds) : null;
  return clockMillis === null ? clockTime((seconds - view.startSeconds) * 1000) : timeOfDay(clockMillis);
}

function spokenPlace(view: PlayerView): string {
  const { byClock, clockMillis, currentSeconds, startSeconds, endSeconds } = view;
  if (byClock && clockMillis !== null) return timeOfDay(clockMillis);
  const spoken = (seconds: number) => spokenTime((seconds - startSeconds) * 1000);
  return `${spoken(currentSeconds)} of ${spoken(endSeconds)}`;
}

function Thumbnail({ tile }: { tile: Tile | undefined }): JSX.Element | null {
  if (!tile) return null;
  return (
    <span
      class="thumbnail"
      style={{
        width: `${tile.width}px`,
        height: `${tile.height}px`,
        backgroundImage: `url("${tile.sheetUrl}")`,
        backgroundPosition: `-${tile.x}px -${tile.y}px`,
      }}
      data-testid="thumbnail"
    />
  );
}
