package io.tapedeck.standalone.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {

    @TempDir Path directory;
    private Path dist;

    @BeforeEach
    void build() throws IOException {
        dist = directory.resolve("dist");
        Files.createDirectories(dist.resolve("assets"));
        Files.writeString(directory.resolve("secret.txt"), "");
        for (var name :
                new String[] {"index.html", "icon.svg", "assets/a-1.js", "assets/b-2.css"}) {
            Files.writeString(dist.resolve(name), "");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, index.html, text/html; charset=utf-8, no-cache",
        "/index.html, index.html, text/html; charset=utf-8, no-cache",
        "/watch/a_B-1, index.html, text/html; charset=utf-8, no-cache",
        "/cameras, index.html, text/html; charset=utf-8, no-cache",
        "/cameras/a_B-1, index.html, text/html; charset=utf-8, no-cache",
        "/icon.svg, icon.svg, image/svg+xml, no-cache",
        "/assets/a-1.js, assets/a-1.js, text/javascript; charset=utf-8, 'public, max-age=31536000, immutable'",
        "/assets/b-2.css, assets/b-2.css, text/css; charset=utf-8, 'public, max-age=31536000, immutable'",
    })
    void pagesHaveTheirTypeAndTheirTime(String path, String file, String type, String cache) {
        assertThat(Page.find(dist, path)).isEqualTo(new Page(dist.resolve(file), type, cache));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/assets",
                "/assets/",
                "/../secret.txt",
                "//../secret.txt",
                "/watch/a/b",
                "/cameras/",
                "/cameras/a/b",
                "/assets/../../secret.txt",
                "/%2e%2e/secret.txt",
                "",
                "*",
                "secret.txt",
                "/watch/"
            })
    void nothingElseIsAPage(String path) {
        assertThat(Page.find(dist, path)).isNull();
    }

    @Test
    void noBuildNoPage() {
        assertThat(Page.find(directory.resolve("none"), "/")).isNull();
    }
}
