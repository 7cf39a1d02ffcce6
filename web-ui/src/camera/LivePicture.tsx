import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Camera } from '../api/shapes';
import { Icon } from '../design/icons';
import { openEngine } from '../watch/engine';

/** How old the picture of a camera that nobody points at may become. */
const stillMillis = 10_000;

/**
 * What a camera sees: a picture of now and then, and all of them while somebody points at it. Until
 * there is one it is the poster. Whoever wants little movement gets the poster alone.
 */
export function LivePicture({ camera }: { camera: Camera }): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const { seen, pointedAt } = useAttention(frame);
  const [hasPoster, setPoster] = useState(true);
  const online = camera.state === 'online';
  return (
    <div ref={frame} class={online ? 'camera-picture' : 'camera-picture dim'} aria-hidden="true">
      <Icon name="camera" size={36} />
      {hasPoster ? (
        <img
          key={camera.sessionId}
          src={`/media/${encodeURIComponent(camera.sessionId)}/poster.jpg`}
          alt=""
          loading="lazy"
          onError={() => setPoster(false)}
          data-testid="camera-poster"
        />
      ) : null}
      <Latest playlistUrl={camera.playlistUrl} look={online && seen} moving={pointedAt} />
    </div>
  );
}

interface LatestProps {
  playlistUrl: string;
  /** Whether anybody would see another picture. */
  look: boolean;
  moving: boolean;
}

/** The latest picture, kept when the video behind it is closed again. */
function Latest({ playlistUrl, look, moving }: LatestProps): JSX.Element {
  const video = useRef<HTMLVideoElement>(null);
  const still = useRef<HTMLCanvasElement>(null);
  const [playing, setPlaying] = useState(false);
  useEffect(() => {
    const surface = video.current;
    const kept = still.current;
    if (!look || !surface || !kept) return;
    return glance(surface, playlistUrl, moving, (shown) => {
      if (shown) keep(surface, kept);
      setPlaying(shown && moving);
    });
  }, [playlistUrl, look, moving]);
  return (
    <>
      <canvas ref={still} data-testid="camera-still" />
      <video ref={video} class={playing ? 'shown' : ''} muted playsInline tabIndex={-1} />
    </>
  );
}

/** Plays until there is a picture, again and again; or for as long as it is wanted. */
function glance(
  video: HTMLVideoElement,
  playlistUrl: string,
  moving: boolean,
  onPicture: (shown: boolean) => void,
): () => void {
  let over = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let close = () => {};
  // The attribute alone does not let it play unasked.
  video.muted = true;
  const look = () => {
    const news = { onLive: () => {}, onTrouble: () => {} };
    void openEngine(video, playlistUrl, news, true).then((engine) => {
      if (over) return engine.close();
      close = () => engine.close();
      void video.play().catch(() => {});
    });
  };
  const onTime = () => {
    if (video.readyState < 2 || video.videoWidth === 0) return;
    onPicture(true);
    if (moving) return;
    close();
    close = () => {};
    clearTimeout(timer);
    timer = setTimeout(look, stillMillis);
  };
  video.addEventListener('timeupdate', onTime);
  look();
  return () => {
    over = true;
    clearTimeout(timer);
    video.removeEventListener('timeupdate', onTime);
    onPicture(false);
    close();
  };
}

function keep(video: HTMLVideoElement, still: HTMLCanvasElement): void {
  still.width = video.videoWidth;
  still.height = video.videoHeight;
  still.getContext('2d')?.drawImage(video, 0, 0);
  still.className = 'shown';
}

/** Whether it is on the screen, of a page that is looked at, and whether it is what is looked at there. */
function useAttention(frame: { current: HTMLElement | null }): { seen: boolean; pointedAt: boolean } {
  const [seen, setSeen] = useState(false);
  const [pointedAt, setPointedAt] = useState(false);
  useEffect(() => {
    const element = frame.current;
    if (!element || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const card = element.parentElement ?? element;
    const done = new AbortController();
    const { signal } = done;
    let inView = false;
    const look = () => setSeen(inView && document.visibilityState === 'visible');
    const observer = new IntersectionObserver((entries) => {
      inView = entries.at(-1)?.isIntersecting ?? false;
      look();
    });
    observer.observe(element);
    document.addEventListener('visibilitychange', look, { signal });
    for (const event of ['pointerenter', 'focusin']) {
      card.addEventListener(event, () => setPointedAt(true), { signal });
    }
    for (const event of ['pointerleave', 'focusout']) {
      card.addEventListener(event, () => setPointedAt(false), { signal });
    }
    return () => {
      observer.disconnect();
      done.abort();
    };
  }, [frame]);
  return { seen, pointedAt };
}
