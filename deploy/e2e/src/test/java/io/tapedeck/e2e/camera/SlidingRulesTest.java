package io.tapedeck.e2e.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlidingRulesTest {

    private static final String BEFORE =
            """
            #EXTM3U
            #EXT-X-VERSION:6
            #EXT-X-TARGETDURATION:1
            #EXT-X-MEDIA-SEQUENCE:7
            #EXT-X-DISCONTINUITY-SEQUENCE:1
            #EXT-X-PROGRAM-DATE-TIME:2026-03-01T10:00:00.000Z
            #EXTINF:1.000000,
            7-a.ts
            #EXTINF:0.500000,
            8-b.ts
            #EXT-X-DISCONTINUITY
            #EXT-X-PROGRAM-DATE-TIME:2026-03-01T10:00:09.000Z
            #EXTINF:1.000000,
            9-c.ts
            #EXTINF:1.000000,
            10-d.ts
            """;

    private static final String AFTER =
            """
            #EXTM3U
            #EXT-X-VERSION:6
            #EXT-X-TARGETDURATION:1
            #EXT-X-MEDIA-SEQUENCE:9
            #EXT-X-DISCONTINUITY-SEQUENCE:2
            #EXT-X-PROGRAM-DATE-TIME:2026-03-01T10:00:09.000Z
            #EXTINF:1.000000,
            9-c.ts
            #EXTINF:1.000000,
            10-d.ts
            #EXTINF:1.000000,
            11-e.ts
            """;

    @Test
    void whatSlidesAsItShouldIsFine() {
        assertThat(problems(BEFORE, BEFORE)).isEmpty();
        assertThat(problems(BEFORE, AFTER)).isEmpty();
    }

    @Test
    void theTagMayStayInFrontOfTheFirst() {
        String kept =
                AFTER.replace("DISCONTINUITY-SEQUENCE:2", "DISCONTINUITY-SEQUENCE:1")
                        .replaceFirst("#EXT-X-PROGRAM", "#EXT-X-DISCONTINUITY\n#EXT-X-PROGRAM");
        assertThat(problems(BEFORE, kept)).isEmpty();
    }

    @Test
    void aDiscontinuityThatIsNotCountedIsSeen() {
        assertThat(problems(BEFORE, AFTER.replace("SEQUENCE:2", "SEQUENCE:1"))).hasSize(2);
    }

    @Test
    void wrongNumbersAreSeen() {
        assertThat(problems(BEFORE, AFTER.replace("MEDIA-SEQUENCE:9", "MEDIA-SEQUENCE:8")))
                .isNotEmpty();
        assertThat(problems(AFTER, BEFORE)).contains("its numbers go back");
    }

    @Test
    void anotherTargetIsSeen() {
        assertThat(problems(BEFORE, AFTER.replace("DURATION:1", "DURATION:2"))).isNotEmpty();
    }

    @Test
    void whatIsTooShortIsSeen() {
        assertThat(problems(BEFORE, AFTER.replaceFirst("(?s)#EXTINF:1.000000,\n11.*", "")))
                .anyMatch(problem -> problem.contains("are left"));
    }

    @Test
    void aTypeIsSeen() {
        String typed = AFTER.replaceFirst("#EXT-X-VERSION", "#EXT-X-PLAYLIST-TYPE:EVENT\n$0");
        assertThat(problems(BEFORE, typed)).hasSize(1);
    }

    private static List<String> problems(String before, String after) {
        return SlidingRules.problems(SlidingPlaylist.parse(before), SlidingPlaylist.parse(after));
    }
}
