package dev.automationengine.connectors.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A network in CIDR notation.
 *
 * @param address the first bits of its addresses
 * @param prefix how many bits count
 */
record Network(InetAddress address, int prefix) {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /**
     * Reads {@code 10.0.0.0/8} or {@code fd00::/8}; without a slash a single address.
     *
     * @throws IllegalArgumentException if it is anything else; names are never resolved
     */
    static Network parse(String cidr) {
        int slash = cidr.indexOf('/');
        String host = (slash < 0 ? cidr : cidr.substring(0, slash)).strip();
        if (!LITERAL.matcher(host).matches()) {
            throw new IllegalArgumentException("not a network: " + cidr);
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            int bits = address.getAddress().length * Byte.SIZE;
            int prefix = slash < 0
                    ? bits
                    : Integer.parseInt(cidr.substring(slash + 1).strip());
            if (prefix < 0 || prefix > bits) {
                throw new IllegalArgumentException("not a network: " + cidr);
            }
            return new Network(address, prefix);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not a network: " + cidr, e);
        }
    }

    boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % Byte.SIZE;
            if ((mine[bit / Byte.SIZE] & mask) != (theirs[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }
}
