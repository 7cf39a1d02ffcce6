/** Several sound tracks as one, for as long as it is not closed. */
export function mixed(tracks: MediaStreamTrack[]): { track: MediaStreamTrack; close(): void } {
  const context = new AudioContext();
  const mix = context.createMediaStreamDestination();
  for (const track of tracks) context.createMediaStreamSource(new MediaStream([track])).connect(mix);
  const [track] = mix.stream.getAudioTracks();
  if (!track) throw new Error('The browser could not mix the sound.');
  return { track, close: () => void context.close() };
}

/** How loud a stream is, for a meter; it plays nothing. */
export class LevelMeter {
  readonly #context = new AudioContext();
  readonly #analyser = this.#context.createAnalyser();
  readonly #samples: Float32Array<ArrayBuffer>;

  constructor(stream: MediaStream) {
    this.#analyser.fftSize = 1024;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
  }

  /** 0 to 1 over the 54 dB below full scale, which is where speech lives. */
  level(): number {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    let sum = 0;
    for (const sample of this.#samples) sum += sample * sample;
    const decibels = 10 * Math.log10(sum / this.#samples.length + 1e-10);
    return Math.min(1, Math.max(0, (decibels + 54) / 54));
  }

  close(): void {
    void this.#context.close();
  }
}
