package dev.automationengine.connectors.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks names up in threads of its own and waits a bounded time. The operating system's look-up is native code, which
 * can neither be interrupted nor be left by a virtual thread: names whose servers never answer would hold the few
 * threads that carry all calls.
 */
final class TimedDns implements DnsResolver, AutoCloseable {
    private static final int THREADS = 64;
    private static final int WAITING = 1_000;
    private static final long IDLE_SECONDS = 30;

    private final DnsResolver names;
    private final Duration patience;
    private final ThreadPoolExecutor lookups;

    TimedDns(DnsResolver names, Duration patience) {
        this.names = names;
        this.patience = patience;
        this.lookups = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("outbound-dns-", 0).factory());
        lookups.allowCoreThreadTimeOut(true);
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        Future<InetAddress[]> lookup;
        try {
            lookup = lookups.submit(() -> names.resolve(host));
        } catch (RejectedExecutionException e) {
            throw new SlowLookupException(host);
        }
        try {
            return lookup.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new UnknownHostException(host);
        } catch (TimeoutException e) {
            lookup.cancel(true);
            throw new SlowLookupException(host);
        } catch (InterruptedException e) {
            lookup.cancel(true);
            Thread.currentThread().interrupt();
            throw new SlowLookupException(host);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }

    /** Nobody knows yet whether there is such a host. */
    static final class SlowLookupException extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        SlowLookupException(String host) {
            super(host);
        }
    }
}
