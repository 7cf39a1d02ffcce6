/**
 * What to ask MediaRecorder for, best first. Everything is encoded anew for watching, so what counts
 * is that the browser can afford it: VP8 is the one that Chromium and Firefox both encode, cheaply and
 * at a steady rate, and it survives a change of resolution. VP9 costs twice the processor. H.264 comes
 * as Matroska with its parameter sets in-band.
 */
const withPicture = ['video/webm;codecs=vp8', 'video/webm;codecs=vp9', 'video/webm;codecs=h264'];

/** The first type that the browser can record, or undefined where it knows none of ours. */
export function chooseMimeType(
  tracks: { hasPicture: boolean; hasSound: boolean },
  isSupported: (mimeType: string) => boolean,
): string | undefined {
  if (!tracks.hasPicture) return ['audio/webm;codecs=opus'].find(isSupported);
  return withPicture.map((type) => (tracks.hasSound ? `${type},opus` : type)).find(isSupported);
}
