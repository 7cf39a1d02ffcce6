import { useEffect, useState } from 'preact/hooks';
import { readStoryboard, type Tile } from './storyboard';

/** The pictures of a session, once somebody wants them. Without them one scrubs by the time alone. */
export function useStoryboard(url: string | undefined, wanted: boolean): Tile[] {
  const [tiles, setTiles] = useState<Tile[]>([]);
  const needed = wanted ? url : undefined;
  useEffect(() => {
    if (needed === undefined) return;
    const aborted = new AbortController();
    load(needed, aborted.signal).then(setTiles, () => {});
    return () => aborted.abort();
  }, [needed]);
  return tiles;
}

async function load(url: string, signal: AbortSignal): Promise<Tile[]> {
  const answer = await fetch(url, { signal });
  return answer.ok ? readStoryboard(await answer.text(), answer.url) : [];
}
