package io.tapedeck.ffmpeg.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/// A process that is over, as ffmpeg-cli-wrapper sees it.
final class EndedProcess extends Process {

    private final int status;
    private final byte[] said;

    private EndedProcess(int status, byte[] said) {
        this.status = status;
        this.said = said;
    }

    static EndedProcess withStatus(int status) {
        return new EndedProcess(status, new byte[0]);
    }

    static EndedProcess saying(String text) {
        return new EndedProcess(0, text.getBytes(UTF_8));
    }

    @Override
    public OutputStream getOutputStream() {
        return OutputStream.nullOutputStream();
    }

    @Override
    public InputStream getInputStream() {
        return new ByteArrayInputStream(said);
    }

    @Override
    public InputStream getErrorStream() {
        return InputStream.nullInputStream();
    }

    @Override
    public int waitFor() {
        return status;
    }

    @Override
    public boolean waitFor(long timeout, TimeUnit unit) {
        return true;
    }

    @Override
    public int exitValue() {
        return status;
    }

    @Override
    public void destroy() {
        // It is over.
    }
}
