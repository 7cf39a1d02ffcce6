package io.tapedeck.transcode.check;

import static io.tapedeck.transcode.check.Recorded.spoilt;
import static io.tapedeck.transcode.check.Recorded.spoiltContents;
import static io.tapedeck.transcode.check.Recorded.spoiltMade;
import static io.tapedeck.transcode.check.Recorded.spoiltRendition;
import static org.assertj.core.api.Assertions.assertThat;

import io.tapedeck.timeline.Ticks;
import io.tapedeck.transcode.check.SegmentFacts.Contents;
import io.tapedeck.transcode.check.SegmentFacts.Made;
import io.tapedeck.transcode.check.SessionFacts.FileFacts;
import io.tapedeck.transcode.contract.CheckResult;
import io.tapedeck.transcode.contract.TranscodeEvent.Check;
import io.tapedeck.transcode.contract.TranscodeEvent.Gap;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportTest {

    /// One fact that is wrong, and the checks that say so.
    record Spoilt(String what, SessionFacts facts, String... codes) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Spoilt> spoiltFacts() {
        return Stream.of(
                new Spoilt(
                        "a picture is missing",
                        withoutFile(
                                spoiltContents(
                                        1, c -> pictures(c, c.pictures() - 1, c.wantedPictures()))),
                        "pictures"),
                new Spoilt(
                        "a picture comes twice",
                        withoutFile(
                                spoiltContents(
                                        1, c -> pictures(c, c.pictures() + 1, c.wantedPictures()))),
                        "pictures"),
                new Spoilt(
                        "a picture was lost between two parts, and nobody was told to show it",
                        withoutFile(spoiltContents(1, c -> shown(c, c.pictures() - 1, -1))),
                        "pictures"),
                new Spoilt(
                        "a picture is in two parts",
                        withoutFile(spoiltContents(1, c -> shown(c, c.pictures() + 1, 1))),
                        "pictures"),
                new Spoilt(
                        "a picture is shown again in place of another one",
                        spoiltContents(1, c -> shown(c, c.pictures(), -1)),
                        "pictures"),
                new Spoilt(
                        "the planner counted more in one cut than in the other",
                        withoutFile(
                                spoiltRendition(r ->
                                        new RenditionFacts(
                                                r.name(),
                                                1,
                                                1,
                                                "other",
                                                false,
                                                2,
                                                4,
                                                r.segments().subList(0, 4)))),
                        "pictures"),
                new Spoilt(
                        "a picture of the part before is in this one",
                        spoiltContents(1, c -> pictureTimes(c, -9000, 0)),
                        "picture-times",
                        "av-offset"),
                new Spoilt(
                        "pictures come late",
                        spoiltContents(1, c -> pictureTimes(c, Ticks.PER_SECOND + 1, 0)),
                        "av-offset"),
                new Spoilt(
                        "the last picture belongs to the next part",
                        spoiltContents(4, c -> pictureTimes(c, 0, 9000)),
                        "av-offset"),
                new Spoilt(
                        "a frame of sound is missing",
                        withoutFile(spoiltContents(0, c -> sound(c, 0, -1))),
                        "sound-joints"),
                new Spoilt(
                        "a frame of sound is there twice",
                        withoutFile(spoiltContents(0, c -> sound(c, 0, 1))),
                        "sound-joints",
                        "av-offset"),
                new Spoilt(
                        "the only part of sound that has no joint is off",
                        withoutFile(
                                spoiltRendition(r ->
                                        new RenditionFacts(
                                                r.name(),
                                                1,
                                                2,
                                                "other",
                                                false,
                                                2,
                                                1,
                                                List.of(moved(r.segments().getFirst()))))),
                        "av-offset"),
                new Spoilt(
                        "a part has lost its sound",
                        withoutFile(spoiltContents(1, ReportTest::silent)),
                        "sound"),
                new Spoilt(
                        "a part begins without a keyframe",
                        spoiltMade(3, m -> coded(m, "mp4a.40.2")),
                        "keyframes"),
                new Spoilt(
                        "the encoder has changed",
                        spoiltMade(3, m -> coded(m, "avc1.42c01f,mp4a.40.2")),
                        "codecs"),
                new Spoilt(
                        "an object is gone",
                        spoiltMade(3, m -> stored(m, OptionalLong.empty())),
                        "stored"),
                new Spoilt(
                        "an object is cut off",
                        spoiltMade(3, m -> stored(m, OptionalLong.of(17))),
                        "stored"),
                new Spoilt(
                        "a playlist declares too little",
                        spoiltRendition(r ->
                                new RenditionFacts(
                                        r.name(),
                                        r.generation(),
                                        r.plan(),
                                        r.cut(),
                                        r.copied(),
                                        1,
                                        r.windows(),
                                        r.segments())),
                        "durations"),
                new Spoilt(
                        "a part was never made",
                        withoutFile(spoiltRendition(r -> r.with(r.segments().subList(0, 4)))),
                        "parts",
                        "qualities"),
                new Spoilt(
                        "a discontinuity is not marked",
                        spoilt(
                                3,
                                s ->
                                        new SegmentFacts(
                                                s.window(),
                                                0,
                                                s.startTicks(),
                                                s.endTicks(),
                                                s.plannedPictures(),
                                                s.made(),
                                                null)),
                        "timeline"),
                new Spoilt(
                        "the file lacks a picture",
                        withFile(f ->
                                new FileFacts(
                                        "720p",
                                        1,
                                        f.durationTicks(),
                                        f.pictures() - 1,
                                        f.soundFrames())),
                        "file"),
                new Spoilt(
                        "the file lacks sound",
                        withFile(f -> new FileFacts("720p", 1, f.durationTicks(), f.pictures(), 0)),
                        "file"),
                new Spoilt(
                        "the file is too short",
                        withFile(f ->
                                new FileFacts(
                                        "720p",
                                        1,
                                        f.durationTicks() - Ticks.PER_SECOND,
                                        f.pictures(),
                                        f.soundFrames())),
                        "file"));
    }

    @ParameterizedTest
    @MethodSource("spoiltFacts")
    void whatIsWrongIsSaid(Spoilt spoilt) {
        Report report = Report.of(spoilt.facts());
        assertThat(report.passed()).isFalse();
        assertThat(report.failedCodes()).containsExactlyInAnyOrder(spoilt.codes());
        for (Check check : report.checks()) {
            if (check.result() == CheckResult.FAILED) {
                assertThat(check.places()).isNotEmpty();
                assertThat(check.words()).endsWith("places.");
            }
        }
    }

    @Test
    void aWholeSessionPassesInPlainWords() {
        Report report = Report.of(Recorded.well());
        assertThat(report.failedCodes()).isEmpty();
        assertThat(report.checks())
                .allSatisfy(check -> assertThat(check.result()).isEqualTo(CheckResult.PASSED));
        assertThat(report.checks().stream().map(Check::words))
                .contains(
                        "All 300 pictures of the recording are in each of the 2 playlists, once each.",
                        "Sound goes on without a gap or an overlap over all 6 joints between parts.",
                        "All 10 segments are in the store, whole.");
    }

    @Test
    void whatIsMissingIsListedAndNoFailure() {
        SessionFacts whole = withoutFile(spoilt(1, s -> failed(s, "The picture is damaged.")));
        SessionFacts facts =
                new SessionFacts(
                        whole.renditions(),
                        List.of(new Gap(800_000, 90_000, "A chunk never came.")),
                        null);
        Report report = Report.of(facts);
        assertThat(report.failedCodes()).isEmpty();
        assertThat(report.missing())
                .containsExactly(
                        new Gap(180_000, 180_000, "The picture is damaged."),
                        new Gap(800_000, 90_000, "A chunk never came."));
    }

    @Test
    void picturesThatAreMissingWithTheirPartAreCounted() {
        Report report =
                Report.of(withoutFile(spoilt(1, s -> failed(s, "The picture is damaged."))));
        assertThat(report.checks().stream().map(Check::words))
                .contains(
                        "All pictures of the recording are in each of the 2 playlists, once each,"
                                + " but for those of parts that are missing: 240 of 300 in 720p,"
                                + " 300 of 300 in 360p.");
    }

    @Test
    void picturesThatAreShownAgainAreNoneOfTheRecording() {
        Report report = Report.of(withoutFile(spoiltContents(1, c -> shown(c, 62, 0))));
        assertThat(report.passed()).isTrue();
        assertThat(report.checks().stream().map(Check::words))
                .contains(
                        "All 300 pictures of the recording are in each of the 2 playlists, once"
                                + " each. Where nothing new came, the last one is shown again: 2"
                                + " times.");
    }

    @Test
    void whatWasPlannedBeforePicturesWereCountedIsJudgedByWhatItWasToHave() {
        UnaryOperator<SegmentFacts> uncounted =
                s ->
                        new SegmentFacts(
                                s.window(),
                                s.stretch(),
                                s.startTicks(),
                                s.endTicks(),
                                OptionalLong.empty(),
                                s.made(),
                                null);
        Report report = Report.of(spoilt(1, uncounted));
        assertThat(report.passed()).isTrue();
        assertThat(report.checks().stream().map(Check::words))
                .contains(
                        "All pictures that were to be in each of the 2 playlists are there, once"
                                + " each.");
    }

    @Test
    void whatIsNotThereIsNotJudged() {
        Report report = Report.of(new SessionFacts(List.of(), List.of(), null));
        assertThat(report.passed()).isTrue();
        assertThat(report.checks())
                .allSatisfy(c -> assertThat(c.result()).isEqualTo(CheckResult.NOT_APPLICABLE));
    }

    @Test
    void segmentsThatNobodyMeasuredAreNotJudgedByTheirContents() {
        SessionFacts facts =
                spoiltMade(
                        1,
                        m ->
                                new Made(
                                        m.objectKey(),
                                        m.sizeBytes(),
                                        m.storedBytes(),
                                        m.codecs(),
                                        null));
        assertThat(Report.of(facts).failedCodes()).isEmpty();
    }

    @Test
    void theFirstPlacesAreEnough() {
        SessionFacts facts = withoutFile(spoiltRendition(ReportTest::hundredParts));
        Check stored =
                Report.of(facts).checks().stream()
                        .filter(c -> c.code().equals("stored"))
                        .findFirst()
                        .orElseThrow();
        assertThat(stored.placeCount()).isEqualTo(100);
        assertThat(stored.places()).hasSize(20);
    }

    private static RenditionFacts hundredParts(RenditionFacts rendition) {
        SegmentFacts gone =
                spoiltMade(0, m -> stored(m, OptionalLong.empty()))
                        .renditions()
                        .getFirst()
                        .segments()
                        .getFirst();
        return rendition.with(Collections.nCopies(100, gone));
    }

    private static SegmentFacts failed(SegmentFacts s, String reason) {
        return new SegmentFacts(
                s.window(),
                s.stretch(),
                s.startTicks(),
                s.endTicks(),
                s.plannedPictures(),
                null,
                reason);
    }

    private static SegmentFacts moved(SegmentFacts s) {
        Made made = Objects.requireNonNull(s.made());
        Contents contents = Objects.requireNonNull(made.contents());
        return s.with(
                new Made(
                        made.objectKey(),
                        made.sizeBytes(),
                        made.storedBytes(),
                        made.codecs(),
                        sound(contents, 3 * Ticks.PER_AAC_FRAME, 0)));
    }

    private static Contents pictures(Contents c, int pictures, int wanted) {
        return new Contents(
                pictures,
                wanted,
                c.sourcePictures(),
                c.firstPictureTicks(),
                c.lastPictureTicks(),
                c.soundFrames(),
                c.firstSoundTicks());
    }

    /// @param more of the recording's pictures than there should be
    private static Contents shown(Contents c, int pictures, int more) {
        return new Contents(
                pictures,
                pictures,
                OptionalLong.of(c.sourcePictures().getAsLong() + more),
                c.firstPictureTicks(),
                c.lastPictureTicks(),
                c.soundFrames(),
                c.firstSoundTicks());
    }

    private static Contents pictureTimes(Contents c, long first, long last) {
        return new Contents(
                c.pictures(),
                c.wantedPictures(),
                c.sourcePictures(),
                OptionalLong.of(c.firstPictureTicks().getAsLong() + first),
                OptionalLong.of(c.lastPictureTicks().getAsLong() + last),
                c.soundFrames(),
                c.firstSoundTicks());
    }

    private static Contents sound(Contents c, long first, int frames) {
        return new Contents(
                c.pictures(),
                c.wantedPictures(),
                c.sourcePictures(),
                c.firstPictureTicks(),
                c.lastPictureTicks(),
                c.soundFrames() + frames,
                OptionalLong.of(c.firstSoundTicks().getAsLong() + first));
    }

    private static Contents silent(Contents c) {
        return new Contents(
                c.pictures(),
                c.wantedPictures(),
                c.sourcePictures(),
                c.firstPictureTicks(),
                c.lastPictureTicks(),
                0,
                OptionalLong.empty());
    }

    private static Made coded(Made m, String codecs) {
        return new Made(m.objectKey(), m.sizeBytes(), m.storedBytes(), codecs, m.contents());
    }

    private static Made stored(Made m, OptionalLong bytes) {
        return m.with(bytes);
    }

    private static SessionFacts withoutFile(SessionFacts facts) {
        return new SessionFacts(facts.renditions(), facts.gaps(), null);
    }

    private static SessionFacts withFile(UnaryOperator<FileFacts> change) {
        SessionFacts well = Recorded.well();
        return new SessionFacts(
                well.renditions(), well.gaps(), change.apply(Objects.requireNonNull(well.file())));
    }
}
