package io.tapedeck.standalone.neighbour;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertiesTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"/plain", "/with space/a", "/Aufnahmen für mich", "/a\\b=c:d#e"})
    void theReaderOfTheFileSeesTheSameDirectory(String directory) throws Exception {
        var text = PropertiesText.of("a.key=http://127.0.0.1:1\n", "dir", directory);
        var read = new Properties();
        read.load(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(read).isEqualTo(Map.of("a.key", "http://127.0.0.1:1", "dir", directory));
    }

    @Test
    void aRemarkIsNoProperty() {
        assertThat(PropertiesText.of("# why\na=1\n", "dir", "/d")).doesNotContain("why");
    }
}
