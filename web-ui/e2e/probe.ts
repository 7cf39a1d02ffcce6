import { execFileSync } from 'node:child_process';

/** What ffprobe says of a file, after decoding all of it. */
export interface Probe {
  durationSeconds: number;
  videoCodec: string;
  audioCodec: string;
  frames: number;
  width: number;
  height: number;
}

interface Answer {
  streams: {
    codec_type: string;
    codec_name: string;
    nb_read_frames: string;
    width: number;
    height: number;
  }[];
  format: { duration: string };
}

export function probe(file: string): Probe {
  const text = execFileSync('ffprobe', [
    ...['-v', 'error', '-count_frames', '-of', 'json'],
    ...['-show_entries', 'stream=codec_type,codec_name,nb_read_frames,width,height'],
    ...['-show_entries', 'format=duration', file],
  ]).toString();
  const { streams, format } = JSON.parse(text) as Answer;
  const video = streams.find((stream) => stream.codec_type === 'video');
  const audio = streams.find((stream) => stream.codec_type === 'audio');
  return {
    durationSeconds: Number(format.duration),
    videoCodec: video?.codec_name ?? 'none',
    audioCodec: audio?.codec_name ?? 'none',
    frames: Number(video?.nb_read_frames ?? 0),
    width: video?.width ?? 0,
    height: video?.height ?? 0,
  };
}

/** When each picture of a file is shown, in seconds from the first, after decoding all of it. */
export function pictureTimes(file: string): number[] {
  const text = execFileSync('ffprobe', [
    ...['-v', 'error', '-select_streams', 'v:0', '-of', 'csv=p=0'],
    ...['-show_entries', 'frame=pts_time', file],
  ]).toString();
  const times = text.split('\n').flatMap((line) => (line ? [Number.parseFloat(line)] : []));
  return times.map((time) => time - (times[0] ?? 0));
}
