package dev.automationengine.gateway.routing;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/**
 * A request whose body ends with an exception once it grows beyond the limit. The bytes are counted as they stream
 * through, so a body of unknown length costs no memory.
 */
final class LimitedRequest extends HttpServletRequestWrapper {
    private final long limit;
    private volatile boolean exceeded;

    LimitedRequest(HttpServletRequest request, long limit) {
        super(request);
        this.limit = limit;
    }

    /** Whether the body has turned out to be too large. */
    boolean exceeded() {
        return exceeded;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new CountingStream(super.getInputStream());
    }

    private final class CountingStream extends ServletInputStream {
        private final ServletInputStream source;
        private long read;

        CountingStream(ServletInputStream source) {
            this.source = source;
        }

        @Override
        public int read() throws IOException {
            int next = source.read();
            count(next < 0 ? 0 : 1);
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = source.read(bytes, offset, length);
            count(n);
            return n;
        }

        @Override
        public boolean isFinished() {
            return source.isFinished();
        }

        @Override
        public boolean isReady() {
            return source.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            source.setReadListener(listener);
        }

        private void count(int n) throws IOException {
            read += Math.max(n, 0);
            if (read > limit) {
                exceeded = true;
                throw new IOException("the body exceeds " + limit + " bytes");
            }
        }
    }
}
