package io.tapedeck.ingest.feed;

import java.net.InetAddress;
import java.util.List;

/// What an address is for, as the IANA registries of special-purpose addresses say (RFC 6890).
final class AddressKind {

    /// What leads into machines rather than to them, or to somewhere else than it says. Nothing
    /// connects to one of them unless an operator lists a range that lies inside.
    private static final List<Cidr> SPECIAL =
            ranges(
                    // This host, loopback.
                    "0.0.0.0/8",
                    "127.0.0.0/8",
                    "::/128",
                    "::1/128",
                    // Link-local, and in it what clouds tell their machines, keys among it. Those
                    // clouds' other addresses for the same, some of them in ranges of which each
                    // cloud hands out more.
                    "169.254.0.0/16",
                    "169.254.169.254/32",
                    "169.254.170.2/32",
                    "fe80::/10",
                    "fec0::/10",
                    "fd00:ec2::/32",
                    "fd20:ce::/32",
                    "fd00:c1::/32",
                    "fd00:42::/32",
                    "100.100.100.200/32",
                    "168.63.129.16/32",
                    "192.0.0.0/24",
                    // Many at once.
                    "224.0.0.0/4",
                    "ff00::/8",
                    "240.0.0.0/4",
                    // Benchmarks, examples, nothing at all.
                    "198.18.0.0/15",
                    "192.0.2.0/24",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "2001:db8::/32",
                    "100::/64",
                    // IPv4 in disguise: compatible, translated (RFC 6052, 8215), 6to4 and its
                    // relays, Teredo. Mapped addresses are IPv4 already when they get here.
                    "::/96",
                    "::ffff:0:0:0/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "2002::/16",
                    "192.88.99.0/24",
                    "2001::/32");

    private static final List<Cidr> PRIVATE =
            ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    /// Between a provider and its customers: neither private nor public.
    private static final Cidr SHARED = Cidr.of("100.64.0.0/10");

    private static final Cidr GLOBAL_V6 = Cidr.of("2000::/3");

    private AddressKind() {}

    /// The special ranges that it lies in, which all have to be opened.
    static List<Cidr> special(InetAddress address) {
        return SPECIAL.stream().filter(range -> range.contains(address)).toList();
    }

    /// RFC 1918 and RFC 4193.
    static boolean isPrivate(InetAddress address) {
        return PRIVATE.stream().anyMatch(range -> range.contains(address));
    }

    /// Whether it is routed everywhere. That of a special one is not asked.
    static boolean isPublic(InetAddress address) {
        boolean v4 = address.getAddress().length == 4;
        return v4 ? !isPrivate(address) && !SHARED.contains(address) : GLOBAL_V6.contains(address);
    }

    private static List<Cidr> ranges(String... ranges) {
        return List.of(ranges).stream().map(Cidr::of).toList();
    }
}
