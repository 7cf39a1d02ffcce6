package io.tapedeck.ingest.feed;

import io.tapedeck.ingest.camera.CameraFeed;
import io.tapedeck.ingest.camera.FeedException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;

/// Reads a camera that speaks RTSP. It is asked here first what it streams, so that whatever is
/// wrong with it can be said in words; then ffmpeg, through a [RtspRelay], plays it.
final class RtspReader implements FeedReader {

    private final SocketFactory sockets;
    private final CopyCommand command;
    private final SoundChoice choice;
    private final RtspAddress address;
    private final Patience patience;

    RtspReader(
            SocketFactory sockets,
            CopyCommand command,
            SoundChoice choice,
            RtspAddress address,
            Patience patience) {
        this.sockets = sockets;
        this.command = command;
        this.choice = choice;
        this.address = address;
        this.patience = patience;
    }

    @Override
    public void read(CameraFeed.Sink sink, Stopping stopping)
            throws FeedException, IOException, InterruptedException {
        var starter = new CopyStarter(command, choice, sink, stopping);
        RtspDescription description;
        try (Socket camera = connect(stopping)) {
            description =
                    new Deadline(() -> closeQuietly(camera))
                            .keep(patience.answer(), "whole description", () -> describe(camera));
        }
        try (Socket camera = connect(stopping);
                var relay = new RtspRelay(address, camera);
                var copy = starter.rtsp(relay.url(), description.copiesSound())) {
            FeedException end = copy.awaitFailure(relay::isRefused);
            throw relay.failure().orElse(end);
        }
    }

    private Socket connect(Stopping stopping) throws IOException, FeedException {
        stopping.check();
        Socket socket = sockets.createSocket();
        stopping.closeOnStop(() -> closeQuietly(socket));
        try {
            socket.setSoTimeout((int) CameraHttp.SILENCE.toMillis());
            socket.setTcpNoDelay(true);
            InetAddress at = InetAddress.getByName(address.host());
            socket.connect(
                    new InetSocketAddress(at, address.port()),
                    (int) CameraHttp.CONNECT_TIMEOUT.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private RtspDescription describe(Socket camera) throws IOException, FeedException {
        var password = new RtspPassword(address);
        var request =
                new RtspMessage(
                        "DESCRIBE %s%s RTSP/1.0".formatted(address.base(), address.target()),
                        List.of("CSeq: 1", "Accept: application/sdp", "User-Agent: Tapedeck"),
                        new byte[0]);
        InputStream in = new BufferedInputStream(camera.getInputStream());
        RtspMessage answer = ask(camera, in, request);
        if (answer.status() == 401 && password.learn(answer)) {
            answer = ask(camera, in, password.show(request.with("CSeq", "2")));
        }
        Optional<FeedException> refusal = RtspRelay.refusal(answer, address);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        if (answer.status() != 200) {
            throw FeedProblem.NOT_UNDERSTOOD.because(
                    "%s answers with RTSP %d. Look up the path of its stream in its manual."
                            .formatted(address.authority(), answer.status()));
        }
        return RtspDescription.of(answer.body());
    }

    private static RtspMessage ask(Socket camera, InputStream in, RtspMessage request)
            throws IOException {
        camera.getOutputStream().write(request.bytes());
        int first = in.read();
        if (first < 0) {
            throw new EOFException();
        }
        RtspMessage answer = RtspMessage.read(first, in);
        if (!answer.isAnswer()) {
            throw FeedProblem.NOT_UNDERSTOOD.whileReading("What answers there speaks no RTSP.");
        }
        return answer;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone, which is all that is wanted.
        }
    }
}
