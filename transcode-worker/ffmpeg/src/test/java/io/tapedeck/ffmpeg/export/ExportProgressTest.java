package io.tapedeck.ffmpeg.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.bramp.ffmpeg.progress.Progress;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ExportProgressTest {

    private final List<Double> told = new ArrayList<>();
    private final ExportProgress progress = new ExportProgress(1000, told::add);

    @Test
    void theFirstPassGoesByBytesTaken() {
        progress.moved(5);
        progress.fed(500);
        progress.moved(700);
        progress.fed(500);
        progress.moved(1500);

        assertThat(told).containsExactly(0.0, 0.4, 0.8);
    }

    @Test
    void theSecondPassGoesByBytesReadAndWrittenAgain() {
        progress.fed(1000);
        progress.allFed();
        var report = new Progress();
        report.total_size = 900;
        progress.reported(report);
        progress.moved(2000);
        progress.moved(2900);
        progress.finished();

        assertThat(told.get(0)).isEqualTo(0.8, Offset.offset(0.001));
        assertThat(told.get(1)).isEqualTo(0.9, Offset.offset(0.005));
        assertThat(told.get(2)).isEqualTo(1.0);
    }

    @Test
    void isNotDoneBeforeItIsDoneAndNeverFalls() {
        progress.fed(1000);
        progress.allFed();
        progress.moved(10);
        progress.moved(1_000_000);
        progress.moved(-1);

        assertThat(told).isSorted();
        assertThat(told.getLast()).isLessThan(1);
    }
}
