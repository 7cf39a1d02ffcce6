import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Gap } from '../api/shapes';
import { Icon } from '../design/icons';
import { useStore } from '../design/useStore';
import { clockTime } from '../design/words';
import { openEngine } from './engine';
import { onPlayerKey } from './keys';
import { PlayerControls } from './PlayerControls';
import { PlayerStore } from './playerStore';

interface Props {
  playlistUrl: string;
  title: string;
  hasPicture: boolean;
  gaps: Gap[];
  posterUrl: string | undefined;
  storyboardUrl: string | undefined;
  /** For whoever wants to know where the viewer is. */
  player?: PlayerStore;
  /** One word for why nothing new comes for now: it is not live then, wherever one is. */
  pause?: string;
}

/** A video that plays one session, live and afterwards, with its own controls. */
export function Player(props: Props): JSX.Element {
  const { playlistUrl, title, hasPicture, gaps, posterUrl, storyboardUrl } = props;
  const { player: given, pause } = props;
  const player = useMemo(() => given ?? new PlayerStore(), [given]);
  const video = useRef<HTMLVideoElement>(null);
  const frame = useRef<HTMLElement>(null);
  const view = useStore(player.view);
  const onAir = view.atLive && pause === undefined;
  useEngine(player, video, playlistUrl);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => onPlayerKey(event, player, () => toggleFullscreen(frame.current));
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [player]);
  return (
    <section
      ref={frame}
      class={`player ${view.paused ? 'paused' : 'playing'}`}
      aria-label={`Player: ${title}`}
      data-testid="player"
      data-live={view.live}
      data-at-live={view.atLive}
      data-current-seconds={view.currentSeconds.toFixed(2)}
      data-start-seconds={view.startSeconds.toFixed(2)}
      data-end-seconds={view.endSeconds.toFixed(2)}
      data-behind-seconds={view.behindLiveSeconds.toFixed(2)}
      data-clock-millis={view.clockMillis === null ? undefined : Math.round(view.clockMillis)}
    >
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written captions for what was just recorded. */}
      <video
        ref={video}
        poster={posterUrl}
        playsInline
        onClick={() => player.ask('toggle')}
        data-testid="video"
      />
      {hasPicture ? null : (
        <div class="sound-cover">
          <Icon name="microphone" size={56} />
        </div>
      )}
      {view.live && view.started ? (
        <span class={onAir ? 'pill on-video rec' : 'pill on-video'} aria-hidden="true">
          {onAir ? <span class="dot" /> : null}
          {view.atLive ? (pause ?? 'LIVE') : `−${clockTime(view.behindLiveSeconds * 1000)}`}
        </span>
      ) : null}
      <Overlay player={player} />
      <PlayerControls
        player={player}
        view={view}
        gaps={view.sliding ? [] : gaps}
        storyboardUrl={storyboardUrl}
        pause={pause}
        onFullscreen={() => toggleFullscreen(frame.current)}
      />
    </section>
  );
}

function Overlay({ player }: { player: PlayerStore }): JSX.Element | null {
  const view = useStore(player.view);
  if (view.trouble === 'broken') {
    return (
      <div class="overlay words" role="alert" data-testid="player-broken">
        <p>This browser cannot play this recording. Try a current Chrome, Edge, Firefox or Safari.</p>
      </div>
    );
  }
  if (view.needsClick || (view.started && view.paused && !view.ended)) {
    return (
      <button
        type="button"
        class="overlay big-play"
        aria-label="Play"
        onClick={() => player.ask('play')}
        data-testid="big-play"
      >
        <Icon name="play" size={44} />
      </button>
    );
  }
  if (view.trouble === 'waiting') return <p class="overlay words">Waiting for the server…</p>;
  if (view.waiting) {
    return (
      <div class="overlay" role="status" aria-label="Loading" data-testid="player-waiting">
        <span class="spinner" />
      </div>
    );
  }
  return null;
}

/** Plays with sound if the browser lets us, silently if it lets us only that. */
function useEngine(
  player: PlayerStore,
  video: { current: HTMLVideoElement | null },
  playlistUrl: string,
): void {
  useEffect(() => {
    const surface = video.current;
    if (!surface) return;
    const detach = player.attach(surface);
    let closed = false;
    let close = () => {};
    const news = {
      onLive: (live: boolean) => player.setLive(live),
      onTrouble: (trouble: 'waiting' | 'broken' | null) => player.setTrouble(trouble),
    };
    void openEngine(surface, playlistUrl, news).then((engine) => {
      if (closed) return engine.close();
      close = () => engine.close();
      player.setEngine(engine);
      player.ask('play');
    });
    return () => {
      closed = true;
      player.setEngine(null);
      close();
      detach();
    };
  }, [player, video, playlistUrl]);
}

function toggleFullscreen(frame: HTMLElement | null): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else void frame?.requestFullscreen?.().catch(() => {});
}
