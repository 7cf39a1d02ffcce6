package io.tapedeck.ffmpeg.convert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurveyTest {

    @Test
    void picturesAreCopiedInWhateverOrderTheyCome() {
        var survey =
                survey(
                        """
                        #tb 0: 1/15360
                        #media_type 0: video
                        #codec_id 0: h264
                        0,          0,          0,      512,     4934, 0xcbcf3658
                        0,        512,        512,      512,     1882, 0x971ab39a, F=0x0
                        """);

        assertThat(survey.copiesPictures()).isTrue();
        survey.take("0,       1024,        511,      512,     1882, 0x971ab39a, F=0x0");
        assertThat(survey.copiesPictures()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"h264,true", "vp9,true", "av1,true", "hevc,true", "theora,false"})
    void picturesThatTheRendererKnowsAreCopied(String codec, boolean copied) {
        var survey = survey("#media_type 0: video\n#codec_id 0: " + codec);

        assertThat(survey.copiesPictures()).isEqualTo(copied);
    }

    @ParameterizedTest
    @CsvSource({
        "opus,48000,stereo,960,true",
        "opus,48000,5.1,960,false",
        "vorbis,48000,mono,1024,false",
        "aac,44100,mono,1024,true",
        "aac,44100,mono,2048,false",
        "aac,22050,mono,1024,false",
        "aac,48000,5.1,1024,false"
    })
    void soundThatTheRendererKnowsIsCopied(
            String codec, int hertz, String channels, int samples, boolean copied) {
        var survey =
                survey(
                        """
                        #tb 1: 1/%d
                        #media_type 1: audio
                        #codec_id 1: %s
                        #sample_rate 1: %d
                        #channel_layout_name 1: %s
                        1,      -1024,      -1024,     %d,      258, 0x2c5b786a, F=0x5, S=1,       10
                        1,          0,          0,      100,      258, 0x8057765e
                        """
                                .formatted(hertz, codec, hertz, channels, samples));

        assertThat(survey.copiesSound()).isEqualTo(copied);
    }

    @Test
    void whatIsNotUnderstoodIsPassedOver() {
        var survey = survey("#software: Lavf59\n#extradata 0:       46, 0x3ff11032\nwhat\n");

        assertThat(survey.copiesPictures()).isTrue();
        assertThat(survey.copiesSound()).isTrue();
    }

    private static Survey survey(String list) {
        var survey = new Survey();
        list.lines().forEach(survey::take);
        return survey;
    }
}
