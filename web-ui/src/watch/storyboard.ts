/** A small picture of a part of the session: a place on a sheet of many. */
export interface Tile {
  startSeconds: number;
  endSeconds: number;
  sheetUrl: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

const cue =
  /^(\d+):(\d\d):(\d\d\.\d{3}) --> (\d+):(\d\d):(\d\d\.\d{3})[^\n]*\n(\S+)#xywh=(\d+),(\d+),(\d+),(\d+)$/gm;

/** Reads WebVTT whose cues are places on pictures; other cues are left out. */
export function readStoryboard(text: string, url: string): Tile[] {
  return [...text.replaceAll('\r', '').matchAll(cue)].map(([, h1, m1, s1, h2, m2, s2, file, ...place]) => {
    const [x = 0, y = 0, width = 0, height = 0] = place.map(Number);
    return {
      startSeconds: seconds(h1, m1, s1),
      endSeconds: seconds(h2, m2, s2),
      sheetUrl: new URL(file ?? '', url).href,
      x,
      y,
      width,
      height,
    };
  });
}

function seconds(hours = '0', minutes = '0', rest = '0'): number {
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
}

/** The tile of a moment; behind the end, the last one. */
export function tileAt(tiles: Tile[], atSeconds: number): Tile | undefined {
  return tiles.findLast((tile) => tile.startSeconds <= atSeconds) ?? tiles[0];
}
