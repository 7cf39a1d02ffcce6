/** A part of a playlist, as far as it has to do with places and times. */
export interface Listed {
  start: number;
  duration: number;
  /** In milliseconds since 1970; null where the playlist does not say. */
  programDateTime: number | null;
}

/**
 * When what is at a place was recorded. Runs have clocks of their own, so it is reckoned from the part
 * that the place is in, or from the nearest one.
 */
export function clockMillisAt(parts: readonly Listed[], seconds: number): number | null {
  let low = 0;
  let high = parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((parts[middle]?.start ?? 0) <= seconds) low = middle;
    else high = middle - 1;
  }
  const part = parts[low];
  if (!part || part.programDateTime === null) return null;
  return part.programDateTime + (seconds - part.start) * 1000;
}

/** What a player should make of a playlist. */
export interface Reading {
  /** The playlist with the target duration that its segments have. */
  text: string;
  /** How far behind its end live is to be watched; undefined where that is for the player to say. */
  liveDelaySeconds: number | undefined;
}

/**
 * Copied renditions declare the longest segment they may ever have. A player that believed it would
 * keep that far from live, and look as seldom for what is new; so it is told how long they are.
 *
 * What slides is a camera's, and is watched as closely as can be: the next segment is known of one
 * segment and up to half of another later, and takes a while to get here. That makes two and a half,
 * but never so few seconds that a slow moment is noticed.
 */
export function readPlaylist(playlist: string): Reading {
  const seconds = [...playlist.matchAll(/^#EXTINF:([\d.]+)/gm)].map(([, duration]) => Number(duration));
  if (seconds.length === 0) return { text: playlist, liveDelaySeconds: undefined };
  const longest = Math.max(1, Math.round(seconds.reduce((a, b) => Math.max(a, b))));
  const text = playlist.replace(
    /^(#EXT-X-TARGETDURATION:)(\d+)/m,
    (_, tag: string, declared: string) => `${tag}${Math.min(Number(declared), longest)}`,
  );
  if (/^#EXT-X-(PLAYLIST-TYPE|ENDLIST)/m.test(playlist)) return { text, liveDelaySeconds: undefined };
  const mean = seconds.reduce((a, b) => a + b) / seconds.length;
  return { text, liveDelaySeconds: Math.max(3, 2.5 * mean) };
}
