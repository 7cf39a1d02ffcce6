package io.tapedeck.transcode.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExportTaskIdTest {

    @Test
    void isTheSameForEverybodyForEver() {
        String id = ExportTaskId.of("abc", "mp4", 1);

        assertThat(id).isEqualTo("a405f62e-7bcb-36e7-a326-eff5825b7aa6");
        assertThat(UUID.fromString(id).version()).isEqualTo(3);
    }

    @Test
    void differsWhereTheFileDiffers() {
        assertThat(ExportTaskId.of("abc", "mp4", 1))
                .isNotEqualTo(ExportTaskId.of("abd", "mp4", 1))
                .isNotEqualTo(ExportTaskId.of("abc", "wav", 1))
                .isNotEqualTo(ExportTaskId.of("abc", "mp4", 2));
    }
}
