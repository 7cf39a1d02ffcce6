import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Gap } from '../api/shapes';
import { clockTime, spokenTime } from '../design/words';
import type { PlayerStore, PlayerView } from './playerStore';

interface Props {
  player: PlayerStore;
  view: PlayerView;
  gaps: Gap[];
}

/** Where one is in the session, and the way to anywhere else in it. Known gaps are hatched. */
export function Timeline({ player, view, gaps }: Props): JSX.Element {
  const [hoverSeconds, setHover] = useState<number | null>(null);
  const { currentSeconds, endSeconds, bufferedSeconds } = view;
  const percent = (seconds: number) => `${endSeconds > 0 ? Math.min(100, (seconds / endSeconds) * 100) : 0}%`;
  const onMove = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    setHover(Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * endSeconds);
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
            style={{ left: percent(gap.startMillis / 1000), width: percent(gap.durationMillis / 1000) }}
          />
        ))}
      </div>
      <input
        type="range"
        min={0}
        max={Math.max(endSeconds, 0.1)}
        step={0.1}
        value={currentSeconds}
        aria-label="Seek"
        aria-valuetext={`${spokenTime(currentSeconds * 1000)} of ${spokenTime(endSeconds * 1000)}`}
        onInput={(event) => player.ask('seekToSeconds', Number(event.currentTarget.value))}
        data-testid="seek"
      />
      {hoverSeconds !== null && endSeconds > 0 ? (
        <span class="timeline-hover" style={{ left: percent(hoverSeconds) }} aria-hidden="true">
          {clockTime(hoverSeconds * 1000)}
        </span>
      ) : null}
    </div>
  );
}
