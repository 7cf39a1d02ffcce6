package io.tapedeck.ffmpeg.process;

import io.tapedeck.timeline.Display;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// An ffmpeg that was tried and can do all that is needed here.
///
/// @param path what to execute: a path, or a name looked up in `PATH`
/// @param version as it calls itself, e.g. `5.1.9-0+deb12u1`
/// @param av1Decoder its best decoder of AV1, the one codec that builds often lack; empty when it
///   has none
/// @param tonemaps whether it can show pictures of high dynamic range on other screens
public record FfmpegInstallation(String path, String version, String av1Decoder, boolean tonemaps) {

    /// One that can do everything.
    public FfmpegInstallation(String path, String version, String av1Decoder) {
        this(path, version, av1Decoder, true);
    }

    private static final Pattern VERSION = Pattern.compile("^ffmpeg version (\\S+)");

    /// Tries an ffmpeg: runs it for its version and asks for each decoder, encoder, container and
    /// filter that is needed.
    ///
    /// @param path a path, or a name looked up in `PATH`
    /// @throws FfmpegUnavailableException it does not run or lacks something
    public static FfmpegInstallation locate(String path) throws FfmpegUnavailableException {
        var probe = new InstallationProbe(path);
        var version = VERSION.matcher(probe.ask("-version"));
        if (!version.find()) {
            throw new FfmpegUnavailableException(
                    "%s runs but is not ffmpeg: install ffmpeg 5.1 or newer and name it in"
                                    .formatted(path)
                            + " TAPEDECK_FFMPEG_PATH.");
        }
        List<String> missing = new ArrayList<>();
        for (var need : Need.ALL) {
            missing.addAll(need.missingFrom(probe.ask(need.option())));
        }
        if (!missing.isEmpty()) {
            throw new FfmpegUnavailableException(
                    "%s (version %s) lacks %s: install a full ffmpeg 5.1 or newer with GPL parts."
                            .formatted(path, version.group(1), String.join(", ", missing)));
        }
        return new FfmpegInstallation(path, version.group(1), av1Decoder(probe), tonemaps(probe));
    }

    /// How pictures are shown, as far as that is possible here: those of high dynamic range may
    /// have to be taken for others, which makes them pale.
    public Display possible(Display display) {
        return tonemaps ? display : display.with(Display.Light.STANDARD);
    }

    private static boolean tonemaps(InstallationProbe probe) throws FfmpegUnavailableException {
        String filters = probe.ask("-filters");
        return Need.lists(filters, "zscale") && Need.lists(filters, "tonemap");
    }

    private static String av1Decoder(InstallationProbe probe) throws FfmpegUnavailableException {
        String decoders = probe.ask("-decoders");
        return List.of("libdav1d", "libaom-av1").stream()
                .filter(name -> Need.lists(decoders, name))
                .findFirst()
                .orElse("");
    }
}
