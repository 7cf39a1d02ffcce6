package io.tapedeck.timeline.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tapedeck.timeline.ForeignContainer;
import io.tapedeck.timeline.ForeignContainerException;
import io.tapedeck.timeline.MediaException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Tells by a file's first bytes which container it is that has to be read as a whole, or that it
/// is no recording at all, and what then. What only refers to other files is such.
///
/// @param first bytes of the file, at most [#MOST], or of what follows a tag (ID3) in front
/// @param tagged whether there was one
record FirstBytes(byte[] first, boolean tagged) {

    /// Always enough to tell.
    static final int MOST = 4096;

    /// Enough unless it begins like packets or frames that have to be compared with the next ones.
    static final int FEW = 16;

    /// @param at where it stands
    /// @param bytes in hexadecimal digits
    private record Magic(ForeignContainer container, int at, String bytes) {

        private boolean matches(byte[] first) {
            return startsWith(first, at, bytes);
        }
    }

    private static final List<Magic> MAGICS =
            List.of(
                    new Magic(ForeignContainer.OGG, 0, "4f676753"),
                    new Magic(ForeignContainer.FLAC, 0, "664c6143"),
                    new Magic(ForeignContainer.FLV, 0, "464c5601"),
                    new Magic(ForeignContainer.CAF, 0, "63616666"),
                    new Magic(ForeignContainer.AU, 0, "2e736e64"),
                    new Magic(ForeignContainer.AMR, 0, "2321414d52"),
                    new Magic(ForeignContainer.MPEG_PS, 0, "000001ba"),
                    new Magic(ForeignContainer.W64, 0, "726966662e91cf11a5d628db04c10000"),
                    new Magic(ForeignContainer.ASF, 0, "3026b2758e66cf11a6d900aa0062ce6c"));

    /// A form with its kind behind its size.
    private static final List<Magic> FORMS =
            List.of(
                    new Magic(ForeignContainer.WAV, 8, "57415645"),
                    new Magic(ForeignContainer.AVI, 8, "41564920"),
                    new Magic(ForeignContainer.AIFF, 8, "41494646"),
                    new Magic(ForeignContainer.AIFF, 8, "41494643"));

    private static final List<String> FORM_BEGINNINGS =
            List.of("52494646", "52463634", "42573634", "464f524d");

    private Optional<ForeignContainer> container() {
        for (Magic magic : MAGICS) {
            if (magic.matches(first)) {
                return Optional.of(magic.container);
            }
        }
        if (FORM_BEGINNINGS.stream().anyMatch(beginning -> startsWith(first, 0, beginning))) {
            for (Magic form : FORMS) {
                if (form.matches(first)) {
                    return Optional.of(form.container);
                }
            }
        }
        return first.length < FEW ? Optional.empty() : Repeated.container(first, tagged);
    }

    /// What to throw of bytes that are no stream.
    ///
    /// @return empty when more bytes are needed
    Optional<MediaException> problem() {
        Optional<ForeignContainer> container = container();
        if (container.isPresent()) {
            return Optional.of(foreign(container.get()));
        }
        boolean enough = first.length >= MOST;
        boolean few = first.length >= FEW && !Repeated.mayBe(first, tagged);
        return enough || few ? Optional.of(NoRecording.problem(first)) : Optional.empty();
    }

    static ForeignContainerException foreign(ForeignContainer container) {
        return new ForeignContainerException(
                container,
                "This is %s, which cannot be read as it comes.".formatted(container.title()));
    }

    static boolean startsWith(byte[] first, int at, String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        return first.length >= at + bytes.length
                && new String(first, at, bytes.length, ISO_8859_1)
                        .equals(new String(bytes, ISO_8859_1));
    }
}
