package io.tapedeck.transcode.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.timeline.Ticks;
import io.tapedeck.timeline.plan.RunPlanner;
import io.tapedeck.transcode.contract.TranscodeEvent;
import io.tapedeck.transcode.ladder.Ladder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Matroska files in which several frames share a block, which shows behind the first picture only.
class LacedRunTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");

    /// Several frames of one size in a block (RFC 9559 section 10.3.4).
    private static final int FIXED_SIZE = 0x04;

    private static final int CLUSTERS = 50;
    private static final int CLUSTER_MILLIS = 160;

    @Test
    void aFileThatBeginsWithAPictureBeforeLacedSoundIsWhole() throws IOException {
        for (int perRound : new int[] {CLUSTERS + 1, 1}) {
            List<PlanStep> steps =
                    plan(GivenPlan.of(false, History.NONE, AT), file(CLUSTERS), perRound);

            PlanStep last = steps.getLast();
            assertThat(last.state()).isEqualTo(PlanState.PLANNED);
            assertThat(steps).allSatisfy(step -> assertThat(step.conversions()).isEmpty());
            assertThat(last.gaps()).isEmpty();
            assertThat(last.cursor().plannedTicks())
                    .isCloseTo(
                            Ticks.ofMillis(CLUSTERS * CLUSTER_MILLIS), within(Ticks.ofMillis(40)));
        }
    }

    @Test
    void whatTurnsOutForeignBehindItsFirstPictureIsConverted() throws IOException {
        for (int lacedFrom : new int[] {1, 20}) {
            for (int perRound : new int[] {CLUSTERS + 1, 1}) {
                List<PlanStep> steps =
                        plan(GivenPlan.of(false, History.NONE, AT), file(lacedFrom), perRound);

                PlanStep last = steps.getLast();
                assertThat(last.state()).isEqualTo(PlanState.CONVERTING);
                assertThat(steps.stream().flatMap(step -> step.conversions().stream()))
                        .containsExactly(new NewConversion(0, ForeignContainer.MATROSKA));
                assertThat(steps.stream().flatMap(step -> step.windows().stream())).isNotEmpty();
                assertThat(reasons(last)).containsExactly(GapList.CONVERTED_LATER);
                PlanStep converted = PlanStep.converted(last.after(), false);
                assertThat(converted.isAfresh()).isFalse();
                assertThat(converted.after().plan()).isEqualTo(2);
            }
        }
    }

    @Test
    void whatCannotBeConvertedKeepsWhatWasBefore() throws IOException {
        PlanRow row =
                GivenPlan.settled(
                        GivenPlan.of(false, History.NONE, AT), Conversion.State.FAILED, "No.");

        PlanStep step = plan(row, file(20), CLUSTERS + 1).getLast();

        assertThat(step.state()).isEqualTo(PlanState.PLANNED);
        assertThat(step.conversions()).isEmpty();
        assertThat(reasons(step)).containsExactly("No.");
        assertThat(step.windows()).isNotEmpty();
    }

    @Test
    void ofWhatSlidesTheRestIsMissing() throws IOException {
        PlanStep step =
                plan(GivenPlan.of(false, new History(60, 0), AT), file(20), CLUSTERS + 1).getLast();

        assertThat(step.state()).isEqualTo(PlanState.PLANNED);
        assertThat(step.conversions()).isEmpty();
        assertThat(step.gaps()).hasSize(1);
    }

    private static List<String> reasons(PlanStep step) {
        return step.gaps().stream().map(TranscodeEvent.Gap::reason).toList();
    }

    /// VP8 at one picture a cluster, and eight packets of Opus in a block each; in chunks of a
    /// cluster.
    ///
    /// @param lacedFrom cluster from which pictures share blocks, too
    private static List<byte[]> file(int lacedFrom) {
        var chunks = new ArrayList<byte[]>();
        byte[] size = join(element("b0", number(640)), element("ba", number(480)));
        byte[] video = join(track(1, 1, "V_VP8"), element("e0", size));
        byte[] tracks = join(element("ae", video), element("ae", track(2, 2, "A_OPUS")));
        chunks.add(
                join(
                        element("1a45dfa3", element("4282", text("matroska"))),
                        hex("18538067 01ffffffffffffff"),
                        element("1654ae6b", tracks)));
        for (int n = 0; n < CLUSTERS; n++) {
            byte[] picture = {(byte) (n % 10 == 0 ? 0 : 1), 2, 3, 4};
            int flags = (n % 10 == 0 ? 0x80 : 0) | (n < lacedFrom ? 0 : FIXED_SIZE);
            chunks.add(
                    join(
                            hex("1f43b675 01ffffffffffffff"),
                            element("e7", number(n * CLUSTER_MILLIS)),
                            block(1, flags, n < lacedFrom ? picture : join(hex("00"), picture)),
                            block(2, 0x80 | FIXED_SIZE, hex("07" + "f801".repeat(8)))));
        }
        return chunks;
    }

    private static byte[] track(int number, int type, String codec) {
        return join(
                element("d7", number(number)),
                element("83", number(type)),
                element("86", text(codec)));
    }

    private static byte[] block(int track, int flags, byte[] payload) {
        byte[] head = {(byte) (0x80 | track), 0, 0, (byte) flags};
        return element("a3", join(head, payload));
    }

    /// With a size of four bytes.
    private static byte[] element(String id, byte[] body) {
        byte[] size = ByteBuffer.allocate(4).putInt(0x10000000 | body.length).array();
        return join(hex(id), size, body);
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /// Plans the file to its end, some chunks per round.
    private static List<PlanStep> plan(PlanRow first, List<byte[]> chunks, int perRound)
            throws IOException {
        var rules = new PlanRules(new Ladder(List.of(720)), true, Duration.ofSeconds(10));
        var steps = new ArrayList<PlanStep>();
        PlanRow row = first;
        while (row.state() == PlanState.PLANNING) {
            byte[] saved = row.cursor().plannerState();
            var round = new PlanRound(row, saved == null ? null : RunPlanner.restore(saved), rules);
            int from = (int) round.nextChunk();
            for (int i = from; i < Math.min(chunks.size(), from + perRound); i++) {
                byte[] bytes = chunks.get(i);
                round.take(
                        new Chunk(i, 0, "key", 0, bytes.length, false, AT, AT, 0),
                        _ -> new ByteArrayInputStream(bytes));
            }
            if (round.nextChunk() == chunks.size()) {
                round.finish(false);
            }
            steps.add(round.step());
            row = steps.getLast().after();
        }
        return steps;
    }
}
