package dev.automationengine.connectors.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.DnsResolver;

/** A resolver that knows the names it is told, reads addresses as they are written, and never asks the network. */
final class DnsDouble implements DnsResolver {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|\\[?[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*]?");

    private final Map<String, List<String>> names = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** A name's answers: the first look-up gets the first, and so on; the last one stays. */
    DnsDouble answers(String name, String... addresses) {
        names.put(name.toLowerCase(Locale.ROOT), List.of(addresses));
        return this;
    }

    /** Names in the order in which they were asked for. */
    List<String> asked() {
        return asked;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        asked.add(host);
        String name = host.toLowerCase(Locale.ROOT);
        List<String> answers = names.get(name);
        if (answers == null) {
            if (LITERAL.matcher(name).matches()) {
                return InetAddress.getAllByName(name);
            }
            throw new UnknownHostException(host);
        }
        long before = asked.stream().filter(host::equals).count() - 1;
        String answer = answers.get((int) Math.min(before, answers.size() - 1));
        String[] addresses = answer.split(" ", -1);
        InetAddress[] resolved = new InetAddress[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            resolved[i] = InetAddress.getByAddress(
                    host, InetAddress.getByName(addresses[i]).getAddress());
        }
        return resolved;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
