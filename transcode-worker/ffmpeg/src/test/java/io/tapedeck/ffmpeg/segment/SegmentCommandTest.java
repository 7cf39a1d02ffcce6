package io.tapedeck.ffmpeg.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Cut;
import io.tapedeck.timeline.Display;
import io.tapedeck.timeline.Frame;
import io.tapedeck.timeline.Track;
import io.tapedeck.timeline.Window;
import io.tapedeck.timeline.clock.SoundCoding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Pins what ffmpeg is asked to do, word by word.
class SegmentCommandTest {

    private static final long S = 90_000;
    private static final Rendition RENDITION = new Rendition("480p", 640, 480);

    @Test
    void picturesAndSound() {
        var window = window(2 * S, 4 * S);
        var command =
                new SegmentCommand(
                        List.of(window),
                        List.of(RENDITION),
                        "vp8",
                        Optional.of(
                                PicturePlan.of(List.of(window), pictures(2 * S, 3 * S, 4 * S - 1))),
                        Optional.of(
                                SoundPlan.of(
                                        List.of(window),
                                        sounds(90 * 1024 - 960),
                                        SoundCoding.NONE)),
                        Optional.of(track(1)),
                        2);

        assertThat(String.join(" ", command.builder().build()))
                .isEqualTo(
                        "-y -v error -hide_banner -nostdin -copyts"
                                + " -filter_complex_threads 2 -max_error_rate 1"
                                + " -f matroska -protocol_whitelist pipe -format_whitelist matroska"
                                + " -codec_whitelist vp8,opus -fpsprobesize 0 -max_pixels 33177600"
                                + " -threads:v 2 -c:v vp8 -noautorotate -reinit_filter 0 -c:a opus -i pipe:0"
                                + " -filter_complex"
                                + " [0:v:0]settb=1/90000,select='gte(pts,1080000)',"
                                + "scale=w=640:h=480:force_original_aspect_ratio=decrease"
                                + ":force_divisible_by=2:out_color_matrix=bt601:out_range=tv,"
                                + "pad=w=640:h=480:x=-1:y=-1:eval=frame,setsar=1,format=yuv420p,"
                                + "setparams=field_mode=prog:range=tv:color_primaries=smpte170m"
                                + ":color_trc=smpte170m:colorspace=smpte170m[v0]"
                                + ";[0:a:0]pan=stereo|c0=c0|c1=c0,"
                                + "atrim=start_sample=960,asetpts=N,apad=whole_len=104448,"
                                + "atrim=end_sample=104448,asetpts=N+572160[a]"
                                + " -f mpegts -map_metadata -1 -map_chapters -1 -map [v0]"
                                + " -level:v:0 3.1 -maxrate:v:0 1228800 -bufsize:v:0 2457600"
                                + " -fps_mode passthrough -enc_time_base:v 1:90000"
                                + " -c:v libx264 -preset superfast -tune zerolatency"
                                + " -profile:v high -crf 23"
                                + " -g 9999 -bf 0 -threads:v 2"
                                + " -x264-params force-cfr=0:sliced-threads=0:scenecut=0"
                                + " -bsf:v h264_metadata=tick_rate=120:fixed_frame_rate_flag=0"
                                + " -map [a] -c:a aac -b:a 128k -ar 48000 -ac 2 -aac_coder fast"
                                + " -muxdelay 0 -muxpreload 0 -flush_packets 0 pipe:1");
    }

    @Test
    void severalWindowsInSeveralRenditions() {
        var windows = List.of(window(0, 2 * S), window(2 * S, 4 * S), window(4 * S, 6 * S));
        var renditions =
                List.of(
                        new Rendition("240p", 426, 240),
                        new Rendition("720p", 1280, 720),
                        new Rendition("square", 400, 400));
        var command =
                new SegmentCommand(
                        windows,
                        renditions,
                        "vp8",
                        Optional.of(PicturePlan.of(windows, pictures(0, S, 2 * S, 3 * S, 4 * S))),
                        Optional.empty(),
                        Optional.empty(),
                        1);

        assertThat(String.join(" ", command.builder().build()))
                .contains(
                        ":colorspace=smpte170m"
                                + ",split=2[v1][d2];[d2]scale=w=400:h=400"
                                + ":force_original_aspect_ratio=decrease:force_divisible_by=2,"
                                + "pad=w=400:h=400:x=-1:y=-1:eval=frame,setsar=1"
                                + ",split=2[v2][d0];[d0]scale=w=426:h=240"
                                + ":force_original_aspect_ratio=decrease:force_divisible_by=2,"
                                + "pad=w=426:h=240:x=-1:y=-1:eval=frame,setsar=1[v0]")
                .contains(
                        " -map [v0] -level:v:0 3.1 -maxrate:v:0 1000000 -bufsize:v:0 2000000"
                                + " -force_key_frames:v:0 12.000000,14.000000"
                                + " -map [v1] -level:v:1 3.2 -maxrate:v:1 3686400"
                                + " -bufsize:v:1 7372800"
                                + " -force_key_frames:v:1 12.000000,14.000000 -map [v2]");
    }

    @Test
    void soundAlone() {
        var window = window(0, 2 * S);
        var command =
                new SegmentCommand(
                        List.of(window),
                        List.of(),
                        "rawvideo",
                        Optional.empty(),
                        Optional.of(SoundPlan.of(List.of(window), sounds(0), SoundCoding.NONE)),
                        Optional.of(track(2)),
                        1);

        assertThat(command.builder().build())
                .contains("-codec_whitelist", "opus", "-map", "[a]")
                .doesNotContain("-c:v", "[v0]", "-reinit_filter");
    }

    @Test
    void picturesAlone() {
        var window = window(0, 2 * S);
        var command =
                new SegmentCommand(
                        List.of(window),
                        List.of(RENDITION),
                        "h264",
                        Optional.of(PicturePlan.of(List.of(window), pictures(0, S))),
                        Optional.empty(),
                        Optional.empty(),
                        1);

        assertThat(command.builder().build())
                .contains("-codec_whitelist", "h264")
                .doesNotContain("-c:a", "[a]");
    }

    @Test
    void repeatsAndBlackAreMergedByTime() {
        var window = window(0, 2 * S);
        var plan = PicturePlan.of(List.of(window), pictures(S + S / 2));
        var text =
                new PictureFilter(plan, List.of(RENDITION), 0, Long.MAX_VALUE, new SessionClock(0))
                        .text();

        assertThat(plan.blackTicks()).containsExactly(0L, S * 3 / 4);
        assertThat(text)
                .contains(
                        ",format=yuv420p,split=3[p0][s1][s2]"
                                + ";[s1]trim=start_pts=1035000:end_pts=1035001,lutyuv=y=16:u=128:v=128,"
                                + "setpts=900000[p1]"
                                + ";[s2]trim=start_pts=1035000:end_pts=1035001,lutyuv=y=16:u=128:v=128,"
                                + "setpts=967500[p2]"
                                + ";[p0][p1][p2]interleave=nb_inputs=3,settb=1/90000,setparams=");
    }

    @Test
    void picturesAreTurnedStretchedAndDimmedAsTheyAreMeant() {
        var plan = PicturePlan.of(List.of(window(0, 2 * S)), pictures(0, S));
        var display =
                Display.PLAIN.rotated(90).withPixels(64, 45).with(Display.Light.HLG).inFields();
        var text =
                new PictureFilter(
                                plan.shownAs(display),
                                List.of(RENDITION),
                                0,
                                2 * S,
                                new SessionClock(0))
                        .text();

        assertThat(text)
                .startsWith(
                        "[0:v:0]settb=1/90000,bwdif=mode=send_frame:deint=interlaced"
                                + ",settb=1/90000,select='gte(pts,900000)'"
                                + ",scale=w='max(2,trunc(iw*64/45/2)*2)':h=ih"
                                + ",scale=w=480:h=640:force_original_aspect_ratio=decrease"
                                + ":force_divisible_by=2,pad=w=480:h=640:x=-1:y=-1:eval=frame"
                                + ",setsar=1,zscale=tin=arib-std-b67:min=bt2020nc:pin=bt2020"
                                + ":rin=tv:t=linear:npl=100,format=gbrpf32le,zscale=p=bt709"
                                + ",tonemap=tonemap=hable:desat=0,zscale=t=601:m=170m:p=170m:r=tv"
                                + ",format=yuv420p,transpose=1,setparams=");
    }

    private static Track.Audio track(int channels) {
        return new Track.Audio(2, Track.AudioCodec.OPUS, channels, new byte[0]);
    }

    private static Window window(long startTicks, long endTicks) {
        return new Window(
                Cut.GRID,
                1,
                0,
                0,
                startTicks,
                endTicks,
                false,
                OptionalLong.empty(),
                new Window.ByteSpan(0, 0, new byte[0]));
    }

    private static List<Frame.Picture> pictures(long... ticks) {
        return LongStream.of(ticks)
                .mapToObj(at -> new Frame.Picture(at, true, new byte[1]))
                .toList();
    }

    private static List<Frame.Sound> sounds(long firstSample) {
        return List.of(new Frame.Sound(firstSample, 960, new byte[1]));
    }
}
