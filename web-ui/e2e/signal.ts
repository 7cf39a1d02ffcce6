import { execFileSync } from 'node:child_process';

/**
 * A canvas that is white for a tenth of every other second by the clock `now`, and says when. A busy
 * machine may not let a page draw for half a second: the flash comes late then, and is not left out.
 */
const flashing = `
const flashing = (now, first, onLight) => {
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 360;
  const pen = canvas.getContext('2d');
  let flashes = 0;
  let darkFrom = -Infinity;
  const draw = () => {
    const since = now() - first;
    if (since >= 2 * flashes) {
      flashes = Math.floor(since / 2) + 1;
      darkFrom = since + 0.1;
    }
    const light = since < darkFrom;
    onLight(light);
    pen.fillStyle = light ? 'white' : 'black';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = 'grey';
    pen.fillRect((since * 100) % canvas.width, 0, 20, 20);
    requestAnimationFrame(draw);
  };
  draw();
  return canvas.captureStream(30).getTracks();
};`;

/**
 * Put in front of a page's own scripts, these make a camera and a microphone that flash and beep at the
 * same instant, every other second for a tenth of one. In Chromium with Web Audio.
 */
export const signalInChromium = `{
${flashing}
navigator.mediaDevices.getUserMedia = async () => {
  const audio = new AudioContext();
  const beep = audio.createOscillator();
  const volume = audio.createGain();
  const sound = audio.createMediaStreamDestination();
  beep.frequency.value = 1000;
  beep.connect(volume).connect(sound);
  volume.gain.value = 0;
  beep.start();
  await audio.resume();
  const first = audio.currentTime + 1;
  for (let at = first; at < first + 900; at += 2) {
    volume.gain.setValueAtTime(0.5, at);
    volume.gain.setValueAtTime(0, at + 0.1);
  }
  const pictures = flashing(() => audio.currentTime, first, () => {});
  return new MediaStream([...pictures, ...sound.stream.getTracks()]);
};
}`;

/** Without a sound card Firefox's Web Audio stands still; its fake microphone hums, and can be muted. */
export const signalInFirefox = `{
${flashing}
const devices = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async () => {
  const plain = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const [hum] = (await devices({ audio: plain })).getAudioTracks();
  const now = () => performance.now() / 1000;
  const pictures = flashing(now, now() + 1, (light) => { hum.enabled = light; });
  return new MediaStream([...pictures, hum]);
};
}`;

/** When the flashes and the beeps of a file begin, in seconds by the file's own clock. */
export interface Signal {
  flashes: number[];
  beeps: number[];
}

/** Found by decoding. */
export const signal = (file: string): Signal => ({ flashes: flashTimes(file), beeps: beepTimes(file) });

/**
 * By how much the sound moved against the picture on the way from `source` to `made`, in seconds, at each
 * flash: that of the beep that was nearest to it. What the browser itself put apart cancels out.
 */
export function shifts(source: Signal, made: Signal): number[] {
  return source.flashes.map((at, i) => {
    const nearest = source.beeps.reduce(
      (best, beep, j) => (Math.abs(beep - at) < Math.abs((source.beeps[best] ?? 0) - at) ? j : best),
      0,
    );
    const moved = (from: number[], to: number[], index: number) =>
      (to[index] ?? Number.NaN) - (from[index] ?? Number.NaN);
    return moved(source.beeps, made.beeps, nearest) - moved(source.flashes, made.flashes, i);
  });
}

const LIGHT = 128;

/** The first pictures that are light after dark ones. */
function flashTimes(file: string): number[] {
  const text = run(
    ...['-i', file, '-map', '0:v:0', '-fps_mode', 'passthrough'],
    ...['-vf', 'scale=32:18,signalstats,metadata=mode=print:key=lavfi.signalstats.YAVG:file=-'],
    ...['-f', 'null', '-'],
  ).toString();
  const times = [...text.matchAll(/pts_time:([\d.]+)\s+lavfi.signalstats.YAVG=([\d.]+)/g)];
  let dark = false;
  return times.flatMap(([, time, light]) => {
    const starts = dark && Number(light) > LIGHT;
    dark = Number(light) <= LIGHT;
    return starts ? [Number(time)] : [];
  });
}

const SAMPLES_PER_SECOND = 48_000;
const LOUD = 0.1 * 32_768;
const SILENCE_SAMPLES = SAMPLES_PER_SECOND / 2;

/** The first loud samples after half a second of silence; packets that are missing count as silence. */
function beepTimes(file: string): number[] {
  const samples = run(
    ...['-i', file, '-map', '0:a:0', '-ac', '1'],
    ...['-af', `aresample=${SAMPLES_PER_SECOND}:async=1:min_hard_comp=0.005:first_pts=0`, '-f', 's16le', '-'],
  );
  const times: number[] = [];
  let lastLoud = 0;
  for (let i = 0; i * 2 + 1 < samples.length; i++) {
    if (Math.abs(samples.readInt16LE(i * 2)) > LOUD) {
      if (i - lastLoud > SILENCE_SAMPLES) {
        times.push(i / SAMPLES_PER_SECOND);
      }
      lastLoud = i;
    }
  }
  return times;
}

/** With times as they are: ffmpeg would count those of a transport stream from the chosen stream's first. */
const run = (...args: string[]) =>
  execFileSync('ffmpeg', ['-v', 'fatal', '-nostdin', '-copyts', ...args], { maxBuffer: 1 << 30 });
