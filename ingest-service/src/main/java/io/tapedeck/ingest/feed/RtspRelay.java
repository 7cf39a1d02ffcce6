package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.FeedException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Stands between ffmpeg and a camera that speaks RTSP (RFC 2326): ffmpeg gets an address of this
/// machine, and what it says there goes over a connection whose address was checked. The camera
/// sees its own address in what it is asked, and the password, which ffmpeg is never told. Where it
/// wants to send us elsewhere, it is over. ffmpeg hears answers in words of ours, for it reads some
/// that are none here, and would follow them; what a camera asks of us is answered here. Media
/// packets (§10.12) pass as they are. Thread-safe.
final class RtspRelay implements AutoCloseable {

    private static final int PACKET = '$';

    /// Of RTP's header (RFC 3550 §5.1). ffmpeg reads what is in a shorter packet as an answer.
    private static final int SHORTEST_PACKET = 12;

    /// What cameras ask their players, most of them to see whether they are still there.
    private static final Set<String> ASKED_OF_US =
            Set.of("OPTIONS", "ANNOUNCE", "GET_PARAMETER", "SET_PARAMETER");

    private final RtspAddress address;
    private final Socket camera;
    private final RtspPassword password;
    private final ServerSocket door;
    private final String front;
    private final AtomicReference<@Nullable FeedException> failure = new AtomicReference<>();
    private final AtomicReference<@Nullable RtspMessage> asked = new AtomicReference<>();
    private volatile boolean refused;
    private volatile @Nullable Socket guest;

    /// @param camera connected; closed with this
    RtspRelay(RtspAddress address, Socket camera) throws IOException {
        this.address = address;
        this.camera = camera;
        this.password = new RtspPassword(address);
        this.door = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        this.front =
                "rtsp://127.0.0.1:%d/%s"
                        .formatted(door.getLocalPort(), HexFormat.of().formatHex(secret));
        Thread.ofVirtual().name("camera-rtsp").start(this::relay);
    }

    /// For ffmpeg. Nobody else on this machine can guess it.
    String url() {
        return front + address.target();
    }

    /// Why it is over, if that is known here.
    Optional<FeedException> failure() {
        return Optional.ofNullable(failure.get());
    }

    /// Whether the camera was refused, so that ffmpeg has nothing to finish.
    boolean isRefused() {
        return refused;
    }

    /// Does not block.
    @Override
    public void close() {
        closeQuietly(door);
        closeQuietly(camera);
        closeQuietly(guest);
    }

    private void relay() {
        try (Socket ffmpeg = door.accept()) {
            guest = ffmpeg;
            closeQuietly(door);
            Thread.ofVirtual().name("camera-rtsp-asks").start(() -> forward(ffmpeg));
            answer(ffmpeg.getOutputStream());
        } catch (IOException e) {
            fail(e);
        } finally {
            close();
        }
    }

    private void forward(Socket ffmpeg) {
        try {
            var in = new BufferedInputStream(ffmpeg.getInputStream());
            int next = in.read();
            while (next >= 0) {
                if (next == PACKET) {
                    toCamera(packet(in));
                } else {
                    ask(RtspMessage.read(next, in));
                }
                next = in.read();
            }
        } catch (IOException e) {
            // ffmpeg has gone, or the camera, which the other direction notices.
        } finally {
            close();
        }
    }

    private void ask(RtspMessage request) throws IOException {
        String target = request.target();
        if (asked.get() == null && !target.startsWith(front)) {
            throw new IOException("somebody else");
        }
        if (target.startsWith(front)) {
            target = address.base() + target.substring(front.length());
        }
        RtspMessage ours = request.withFirst("%s %s RTSP/1.0".formatted(request.method(), target));
        asked.set(ours);
        toCamera(password.show(ours).bytes());
    }

    private void answer(OutputStream out) throws IOException {
        var in = new BufferedInputStream(camera.getInputStream(), 64 << 10);
        boolean shown = false;
        int next = in.read();
        while (next >= 0) {
            if (next == PACKET) {
                play(packet(in), out);
            } else if (next != '\r' && next != '\n') {
                RtspMessage said = RtspMessage.read(next, in);
                RtspMessage request = asked.get();
                if (said.status() == 401 && !shown && request != null && password.learn(said)) {
                    shown = true;
                    toCamera(password.show(request).bytes());
                } else {
                    shown &= said.status() == 401;
                    refuse(said);
                    tell(said, out);
                }
            }
            next = in.read();
        }
        throw new EOFException();
    }

    private static void play(byte[] packet, OutputStream out) throws IOException {
        if (packet.length >= 4 + SHORTEST_PACKET) {
            out.write(packet);
            out.flush();
        }
    }

    private void tell(RtspMessage said, OutputStream out) throws IOException {
        if (said.isAnswer()) {
            out.write(said.anew().bytes());
            out.flush();
            return;
        }
        String number = said.header("CSeq").orElse("0");
        toCamera(
                new RtspMessage("RTSP/1.0 200 OK", List.of("CSeq: " + number), new byte[0])
                        .bytes());
    }

    /// @throws IOException the camera says no, or sends us elsewhere
    private void refuse(RtspMessage said) throws IOException {
        Optional<FeedException> refusal = refusal(said, address);
        if (refusal.isPresent()) {
            throw new FeedIoException(refusal.get());
        }
    }

    /// What is wrong with an answer, or with something that a camera asks us for.
    static Optional<FeedException> refusal(RtspMessage said, RtspAddress address) {
        int status = said.status();
        if (status == 401 || status == 403) {
            return Optional.of(
                    FeedProblem.REFUSED_US.because(
                            ("%s lets nobody in without the right user and password (RTSP %d). Put"
                                            + " them into the address: rtsp://user:password@…")
                                    .formatted(address.authority(), status)));
        }
        if (status >= 300 && status < 400 || said.method().equals("REDIRECT")) {
            return Optional.of(
                    FeedProblem.ADDRESS_REFUSED.because(
                            "%s sends us to another address. Name that one yourself."
                                    .formatted(address.authority())));
        }
        if (!said.isAnswer() && !(said.isRequest() && ASKED_OF_US.contains(said.method()))) {
            return Optional.of(
                    FeedProblem.NOT_UNDERSTOOD.because(
                            "%s speaks no proper RTSP.".formatted(address.authority())));
        }
        return Optional.empty();
    }

    private static byte[] packet(InputStream in) throws IOException {
        byte[] head = in.readNBytes(3);
        if (head.length < 3) {
            throw new EOFException();
        }
        int length = (head[1] & 0xFF) << 8 | head[2] & 0xFF;
        byte[] packet = new byte[4 + length];
        packet[0] = PACKET;
        System.arraycopy(head, 0, packet, 1, 3);
        if (in.readNBytes(packet, 4, length) < length) {
            throw new EOFException();
        }
        return packet;
    }

    private void toCamera(byte[] bytes) throws IOException {
        synchronized (camera) {
            camera.getOutputStream().write(bytes);
        }
    }

    private void fail(IOException e) {
        if (!camera.isClosed()) {
            failure.compareAndSet(null, Failures.reason(e));
            refused = e instanceof FeedIoException;
        }
    }

    private static void closeQuietly(@Nullable Closeable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            // It is gone, which is all that is wanted.
        }
    }
}
