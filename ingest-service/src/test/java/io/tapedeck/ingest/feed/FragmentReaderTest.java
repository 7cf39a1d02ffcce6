package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FragmentReaderTest {

    private final Taken taken = new Taken();

    @Test
    void handsOnTheHeaderAndEachFragmentWhole() throws Exception {
        byte[] ftyp = box("ftyp", 20);
        byte[] moov = box("moov", 300);
        byte[] moof = box("moof", 100);
        byte[] mdat = box("mdat", 70_000);
        read(ftyp, moov, moof, mdat, box("sidx", 40), moof, mdat);
        Taken.Run run = taken.runs().getFirst();
        assertThat(taken.runs()).hasSize(1);
        assertThat(run.mimeType()).isEqualTo("video/mp4");
        assertThat(run.header()).isEqualTo(joined(ftyp, moov));
        assertThat(run.media()).containsExactly(joined(moof, mdat), joined(moof, mdat));
    }

    @Test
    void aFragmentHasItsLongest() throws Exception {
        int half = 3 << 20;
        read(box("ftyp", 20), box("moov", 300), box("moof", half), box("mdat", half));
        assertThat(taken.runs().getFirst().media()).hasSize(1);
        assertThatExceptionOfType(FeedIoException.class)
                .isThrownBy(() -> read(box("moof", half), box("mdat", half + 1)))
                .matches(e -> e.reason().code().equals("camera-not-understood"))
                .matches(e -> e.reason().detail().contains("longer than 6 MiB"));
        // Refused for what it says, before anything is held for it.
        assertThatExceptionOfType(FeedIoException.class)
                .isThrownBy(() -> read(new byte[] {-1, -1, -1, -1, 'm', 'd', 'a', 't'}));
    }

    @Test
    void whatIsCutIsNoFragment() {
        assertThatIOException().isThrownBy(() -> read(new byte[] {0, 0, 0, 9, 'm', 'd', 'a', 't'}));
        assertThatIOException().isThrownBy(() -> read(new byte[] {0, 0, 0, 9, 'x', 'x', 'x', 'x'}));
        assertThatIOException().isThrownBy(() -> read(new byte[] {0, 0, 0, 7, 'm', 'd', 'a', 't'}));
        assertThatIOException().isThrownBy(() -> read(new byte[] {0, 0, 0, 8, 'm'}));
    }

    private void read(byte[]... boxes) throws IOException, InterruptedException {
        var reader = new FragmentReader(new ByteArrayInputStream(joined(boxes)), taken);
        boolean more = true;
        while (more) {
            more = reader.next();
        }
    }

    private static byte[] box(String type, int size) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(size);
        out.write(type.getBytes(ISO_8859_1));
        byte[] content = new byte[size - 8];
        Arrays.fill(content, (byte) type.charAt(3));
        out.write(content);
        return bytes.toByteArray();
    }

    private static byte[] joined(byte[]... boxes) {
        var all = new ByteArrayOutputStream();
        for (byte[] box : boxes) {
            all.writeBytes(box);
        }
        return all.toByteArray();
    }
}
