import { expect, test } from 'vitest';
import { readStoryboard, tileAt } from './storyboard';

const text = `WEBVTT

00:00:00.000 --> 00:00:02.000
storyboard-0a.jpg#xywh=0,0,160,90

00:00:02.000 --> 00:00:04.000
storyboard-0a.jpg#xywh=160,0,160,90

01:00:02.500 --> 01:00:04.021
storyboard-0b.jpg#xywh=0,90,160,90
`;
const url = 'http://localhost:8080/media/s1/storyboard.vtt';

test('reads places on sheets', () => {
  const tiles = readStoryboard(text, url);
  expect(tiles).toHaveLength(3);
  expect(tiles[2]).toEqual({
    startSeconds: 3602.5,
    endSeconds: 3604.021,
    sheetUrl: 'http://localhost:8080/media/s1/storyboard-0b.jpg',
    x: 0,
    y: 90,
    width: 160,
    height: 90,
  });
});

test('reads it with the line ends of other systems', () => {
  expect(readStoryboard(text.replaceAll('\n', '\r\n'), url)).toHaveLength(3);
});

test('makes nothing of something else', () => {
  expect(readStoryboard('<html>not found</html>', url)).toEqual([]);
});

test('finds the picture of a moment', () => {
  const tiles = readStoryboard(text, url);
  expect(tileAt(tiles, 0)).toBe(tiles[0]);
  expect(tileAt(tiles, 2)).toBe(tiles[1]);
  expect(tileAt(tiles, 3000)).toBe(tiles[1]);
  expect(tileAt(tiles, 9999)).toBe(tiles[2]);
  expect(tileAt([], 1)).toBeUndefined();
});
