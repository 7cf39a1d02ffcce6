package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.clock.SoundCoding;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoundPlanTest {

    private static final long S = 90_000;

    @Test
    void ownsTheFramesWhoseFirstSampleLiesInTheWindow() {
        // 2 s are 93.75 frames of 1920 ticks.
        assertThat(
                        SoundPlan.of(
                                List.of(PicturePlanTest.window(0, 2 * S)),
                                List.of(),
                                SoundCoding.NONE))
                .extracting(SoundPlan::firstFrame, SoundPlan::endFrame)
                .containsExactly(0L, 94L);
        assertThat(
                        SoundPlan.of(
                                List.of(PicturePlanTest.window(2 * S, 4 * S)),
                                List.of(),
                                SoundCoding.NONE))
                .extracting(SoundPlan::firstFrame, SoundPlan::endFrame)
                .containsExactly(94L, 188L);
    }

    @Test
    void encodesFourFramesMoreOnEachSide() {
        var plan =
                SoundPlan.of(
                        List.of(PicturePlanTest.window(2 * S, 4 * S)), List.of(), SoundCoding.NONE);

        assertThat(plan.encodedFirstSample()).isEqualTo(90 * 1024);
        assertThat(plan.encodedSamples()).isEqualTo((94 + 8) * 1024);
    }

    @Test
    void skipsSamplesThatOnlyWarmUpTheDecoder() {
        var plan = plan(2 * S, 4 * S, 90 * 1024 - 3840);

        assertThat(plan.skipSamples()).isEqualTo(3840);
        assertThat(plan.leadSamples()).isZero();
        assertThat(new SoundFilter(plan, 1, new SessionClock(0)).text())
                .isEqualTo(
                        "[0:a:0]pan=stereo|c0=c0|c1=c0,atrim=start_sample=3840,asetpts=N"
                                + ",apad=whole_len=104448,atrim=end_sample=104448"
                                + ",asetpts=N+572160[a]");
    }

    @Test
    void putsSilenceBeforeTheRunsFirstSample() {
        var plan = plan(0, 2 * S, 528);

        assertThat(plan.leadSamples()).isEqualTo(4 * 1024 + 528);
        assertThat(new SoundFilter(plan, 2, new SessionClock(1920)).text())
                .isEqualTo(
                        "[0:a:0]aformat=channel_layouts=stereo,adelay=delays=4624S:all=1,asetpts=N"
                                + ",apad=whole_len=104448,atrim=end_sample=104448"
                                + ",asetpts=N+476928[a]");
    }

    @Test
    void resamplesFromASampleOnThatBothRatesShare() {
        var track = new Track.Audio(2, Track.AudioCodec.AAC, 2, new byte[0], 44_100, 0);
        var coding = SoundCoding.of(track);
        // Packet 81 of 44.1 kHz; its next sample that is one of 48 kHz as well is the 83055th.
        var sound = new Frame.Sound(coding.to48k(81 * 1024), 1114, new byte[1]);
        var window = PicturePlanTest.window(2 * S, 4 * S);

        var plan = SoundPlan.of(List.of(window), List.of(sound), coding);

        assertThat(plan.unevenSamples()).isEqualTo(111);
        assertThat(plan.decodedFirstSample()).isEqualTo(83_055 / 147 * 160);
        assertThat(new SoundFilter(plan, 2, new SessionClock(0)).text())
                .startsWith(
                        "[0:a:0]aformat=channel_layouts=stereo,atrim=start_sample=111,aresample=48000"
                                + ",atrim=start_sample="
                                + (90 * 1024 - 83_055 / 147 * 160));
    }

    @Test
    void fillsHolesBehindTheDecoder() {
        var track = new Track.Audio(2, Track.AudioCodec.PCM_S16LE, 1, new byte[0], 48_000, 0);
        var sounds =
                List.of(
                        new Frame.Sound(-4096, 5000, new byte[1]),
                        new Frame.Sound(904, 96, new byte[1]),
                        new Frame.Sound(4000, 1000, new byte[1]),
                        new Frame.Sound(5001, 90_000, new byte[1]));

        var plan =
                SoundPlan.of(
                        List.of(PicturePlanTest.window(0, 2 * S)), sounds, SoundCoding.of(track));

        assertThat(plan.holes())
                .containsExactly(new SoundPlan.Hole(5096, 3000), new SoundPlan.Hole(6096, 1));
        assertThat(new SoundFilter(plan, 2, new SessionClock(0)).text())
                .startsWith(
                        "[0:a:0]aformat=channel_layouts=stereo"
                                + ",asplit=3[split0][split1][split2]"
                                + ";[split0]atrim=start_sample=0:end_sample=5096,apad=pad_len=3000"
                                + ",asetpts=N[piece0]"
                                + ";[split1]atrim=start_sample=5096:end_sample=6096,apad=pad_len=1"
                                + ",asetpts=N[piece1]"
                                + ";[split2]atrim=start_sample=6096,asetpts=N[piece2]"
                                + ";[piece0][piece1][piece2]concat=n=3:v=0:a=1,asetpts=N,");
    }

    private static SoundPlan plan(long startTicks, long endTicks, long firstSample) {
        return SoundPlan.of(
                List.of(PicturePlanTest.window(startTicks, endTicks)),
                List.of(new Frame.Sound(firstSample, 960, new byte[1])),
                SoundCoding.NONE);
    }
}
