package io.tapedeck.neighbours;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/// One S3 store on a directory. Arguments: port, access key, secret key, data directory.
final class S3ProxyMain {

    private S3ProxyMain() {}

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[3]);
        Path objects = Files.createDirectories(data.resolve("objects"));
        S3Proxy server =
                S3Proxy.builder()
                        .blobStore(new FilesystemNio2BlobStore(objects.toString()))
                        .endpoint(URI.create("http://127.0.0.1:" + args[0]))
                        .awsAuthentication(AuthenticationType.AWS_V4, args[1], args[2])
                        .jettyMaxThreads(64)
                        .build();
        server.start();
        ChildProcess.liveWithParent(data, server::stop);
    }
}
