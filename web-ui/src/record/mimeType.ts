/**
 * What to ask MediaRecorder for, best first. Everything is encoded anew for watching, so what counts
 * is that the browser can afford it: VP8 is the one that Chromium and Firefox both encode, cheaply and
 * at a steady rate, and it survives a change of resolution. VP9 costs twice the processor. H.264 comes
 * as Matroska with its parameter sets in-band. MP4 is for browsers that know nothing else (WebKit): its
 * first bytes come seconds late, and as avc1 it cannot be decoded after a change of resolution.
 */
const withPicture = ['video/webm;codecs=vp8', 'video/webm;codecs=vp9', 'video/webm;codecs=h264'];
const mp4WithPicture = ['video/mp4;codecs=avc3.42E01F', 'video/mp4;codecs=avc1.42E01F'];
const mp4Sound = ['opus', 'mp4a.40.2'];
const soundAlone = [
  'audio/webm;codecs=opus',
  'audio/mp4;codecs=opus',
  'audio/mp4;codecs=mp4a.40.2',
  'audio/mp4',
];

/** The first type that the browser can record, or undefined where it knows none of ours. */
export function chooseMimeType(
  tracks: { hasPicture: boolean; hasSound: boolean },
  isSupported: (mimeType: string) => boolean,
): string | undefined {
  return candidates(tracks).find(isSupported);
}

function candidates(tracks: { hasPicture: boolean; hasSound: boolean }): string[] {
  if (!tracks.hasPicture) return soundAlone;
  if (!tracks.hasSound) return [...withPicture, ...mp4WithPicture, 'video/mp4'];
  return [
    ...withPicture.map((type) => `${type},opus`),
    ...mp4WithPicture.flatMap((type) => mp4Sound.map((sound) => `${type},${sound}`)),
    'video/mp4',
  ];
}
