package io.tapedeck.ffmpeg.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class Mp4ExporterTest {

    @Test
    void copiesAndPutsTheIndexInFront() {
        assertThat(String.join(" ", Mp4Exporter.command(Path.of("/work/x.mp4")).build()))
                .isEqualTo(
                        "-y -v error -hide_banner -nostdin -copyts -start_at_zero"
                                + " -progress pipe:1 -stats_period 0.5"
                                + " -f mpegts -protocol_whitelist pipe -format_whitelist mpegts"
                                + " -codec_whitelist h264,aac -i pipe:0"
                                + " -f mp4 -map 0:v:0? -map 0:a:0? -map_metadata -1 -c copy"
                                + " -bsf:a aac_adtstoasc -video_track_timescale 90000"
                                + " -movflags +faststart /work/x.mp4");
    }
}
