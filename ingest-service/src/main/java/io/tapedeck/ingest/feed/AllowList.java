package io.tapedeck.ingest.feed;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Where cameras may be.
///
/// @param privates all private addresses
/// @param publics all public ones
/// @param ranges these besides
/// @param names hosts whatever their address, unless that is special; lower case
record AllowList(boolean privates, boolean publics, List<Cidr> ranges, Set<String> names) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?\\.?");

    /// Reads what an operator wrote: ranges (CIDR), single addresses, names of hosts, `private`,
    /// `public`.
    ///
    /// @throws IllegalArgumentException an entry is none of these; says which
    static AllowList parse(List<String> entries) {
        boolean privates = false;
        boolean publics = false;
        var ranges = new ArrayList<Cidr>();
        var names = new HashSet<String>();
        for (String written : entries) {
            String entry = written.strip().toLowerCase(Locale.ROOT);
            Optional<Cidr> range = Cidr.parse(entry);
            if (range.isPresent()) {
                ranges.add(range.get());
            } else if (entry.equals("private")) {
                privates = true;
            } else if (entry.equals("public")) {
                publics = true;
            } else if (NAME.matcher(entry).matches() && !entry.matches("[0-9.]+")) {
                names.add(entry);
            } else if (!entry.isEmpty()) {
                throw new IllegalArgumentException(
                        ("TAPEDECK_CAMERAS_ALLOW: \"%s\" is no range of addresses (10.1.0.0/16), no"
                                        + " host name, and neither \"private\" nor \"public\".")
                                .formatted(written));
            }
        }
        return new AllowList(privates, publics, List.copyOf(ranges), Set.copyOf(names));
    }

    /// @param host as it was asked for
    /// @param address what that leads to
    boolean allows(String host, InetAddress address) {
        List<Cidr> special = AddressKind.special(address);
        if (!special.isEmpty()) {
            return special.stream().allMatch(kind -> isOpened(kind, address));
        }
        return privates && AddressKind.isPrivate(address)
                || publics && AddressKind.isPublic(address)
                || ranges.stream().anyMatch(range -> range.contains(address))
                || names.contains(host.toLowerCase(Locale.ROOT));
    }

    /// `0.0.0.0/0` opens no special range: who writes it thinks of other addresses.
    private boolean isOpened(Cidr special, InetAddress address) {
        return ranges.stream().anyMatch(r -> special.contains(r) && r.contains(address));
    }
}
