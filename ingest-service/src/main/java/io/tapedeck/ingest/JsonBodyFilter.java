package io.tapedeck.ingest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/// Keeps JSON bodies short: they are read before anybody looks at a token.
class JsonBodyFilter {

    private static final int MAX_BYTES = 64 << 10;

    @ServerRequestFilter
    void filter(ContainerRequestContext request, SimpleResourceInfo door) {
        if (!request.getMethod().equals("POST")
                || door.getResourceClass().isAnnotationPresent(TakesBytes.class)) {
            return;
        }
        if (request.getLength() > MAX_BYTES) {
            throw new WebApplicationException(413);
        }
        request.setEntityStream(new ShortStream(request.getEntityStream()));
    }

    private static final class ShortStream extends FilterInputStream {

        private int left = MAX_BYTES;

        ShortStream(InputStream source) {
            super(source);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            left -= Math.max(0, count);
            if (left < 0) {
                throw new WebApplicationException(413);
            }
            return count;
        }
    }
}
