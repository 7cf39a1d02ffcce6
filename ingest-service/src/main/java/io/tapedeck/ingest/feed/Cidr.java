package io.tapedeck.ingest.feed;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/// A range of addresses (RFC 4632).
///
/// @param network 4 or 16 bytes
/// @param prefixBits how many of them count
@SuppressWarnings("ArrayRecordComponent") // never compared
record Cidr(byte[] network, int prefixBits) {

    /// What can be nothing but an address in numbers, so that no name is looked up.
    private static final Pattern NUMERIC =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|(?=.*:)[0-9a-fA-F:.]+");

    /// `10.0.0.0/8`, `fd00::/8`, or one address.
    ///
    /// @return empty when it is none
    static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!NUMERIC.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            byte[] network = InetAddress.getByName(address).getAddress();
            int bits = network.length * 8;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            return prefix < 0 || prefix > bits
                    ? Optional.empty()
                    : Optional.of(new Cidr(network, prefix));
        } catch (UnknownHostException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// @throws IllegalArgumentException it is none
    static Cidr of(String text) {
        return parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    /// Whether all of `other` is in it.
    boolean contains(Cidr other) {
        return other.prefixBits >= prefixBits && contains(other.network);
    }

    private boolean contains(byte[] address) {
        int whole = prefixBits / 8;
        if (address.length != network.length
                || !Arrays.equals(address, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = prefixBits % 8;
        return rest == 0 || ((address[whole] ^ network[whole]) & 0xFF) >>> (8 - rest) == 0;
    }
}
