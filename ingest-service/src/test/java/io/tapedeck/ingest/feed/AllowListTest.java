package io.tapedeck.ingest.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowListTest {

    private static final AllowList EVERYTHING =
            AllowList.parse(
                    List.of("private", "public", "0.0.0.0/0", "::/0", "camera.example.org"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.0.1",
                "169.254.169.254",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "224.0.0.251",
                "255.255.255.255",
                "240.0.0.1",
                "::",
                "::1",
                "::127.0.0.1",
                "fe80::1",
                "ff02::fb",
                "fd00:ec2::254",
                "fd00:ec2::23",
                "fd20:ce::254",
                "fd00:c1::a9fe:a9fe",
                "fd00:42::42",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a9fe:a9fe",
                "2002:7f00:1::1",
                "2001:0:53aa:64c::1",
                "::ffff:0:127.0.0.1"
            })
    void whatLeadsIntoMachinesIsRefusedWhateverIsAllowed(String address) throws Exception {
        assertThat(EVERYTHING.allows("camera.example.org", at(address))).isFalse();
    }

    @Test
    void ipv4InIpv6ClothesIsWhatItIs() throws Exception {
        byte[] mapped = new byte[16];
        Arrays.fill(mapped, 10, 12, (byte) 0xFF);
        mapped[12] = 127;
        mapped[15] = 1;
        assertThat(EVERYTHING.allows("x", InetAddress.getByAddress(mapped))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1/32, 127.0.0.1, true",
        "127.0.0.1/32, 127.0.0.2, false",
        "127.0.0.0/8, 127.0.0.2, true",
        "127.0.0.0/7, 127.0.0.2, false",
        "127.0.0.1, 127.0.0.1, true",
        "::1/128, ::1, true",
        "169.254.0.0/16, 169.254.7.7, true",
        "169.254.0.0/16, 169.254.169.254, false",
        "169.254.169.254/32, 169.254.169.254, true",
        "fd00::/8, fd00:ec2::254, false",
        "fd00::/8, fd00:ec3::254, true",
        "fd00:ec2::/32, fd00:ec2::254, true",
        "fd00:42:0:0::/64, fd00:42::42, true",
    })
    void onlyARangeInsideOpensASpecialOne(String range, String address, boolean allowed)
            throws Exception {
        assertThat(AllowList.parse(List.of(range)).allows("x", at(address))).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "private, 10.1.2.3, true",
        "private, 172.31.0.1, true",
        "private, 172.32.0.1, false",
        "private, 192.168.0.1, true",
        "private, fd12::1, true",
        "private, 8.8.8.8, false",
        "private, 2606:4700::1, false",
        "public, 8.8.8.8, true",
        "public, 2606:4700::1, true",
        "public, 10.1.2.3, false",
        "public, fd12::1, false",
        "public, 100.64.0.1, false",
        "private, 100.64.0.1, false",
        "100.64.0.0/10, 100.64.0.1, true",
        "100.64.0.0/10, 100.100.100.200, false",
        "10.1.0.0/16, 10.1.255.1, true",
        "10.1.0.0/15, 10.2.0.1, false",
        "10.128.0.0/9, 10.200.0.1, true",
        "10.128.0.0/9, 10.100.0.1, false",
    })
    void kindsAndRanges(String entry, String address, boolean allowed) throws Exception {
        assertThat(AllowList.parse(List.of(entry)).allows("x", at(address))).isEqualTo(allowed);
    }

    @Test
    void aNameOpensItsAddressAndNoOther() throws Exception {
        AllowList list = AllowList.parse(List.of(" Camera.Example.org "));
        assertThat(list.allows("CAMERA.example.org", at("8.8.8.8"))).isTrue();
        assertThat(list.allows("other.example.org", at("8.8.8.8"))).isFalse();
        assertThat(list.allows("camera.example.org", at("127.0.0.1"))).isFalse();
    }

    @Test
    void nothingIsAllowedByDefault() throws Exception {
        assertThat(AllowList.parse(List.of()).allows("x", at("8.8.8.8"))).isFalse();
        assertThat(AllowList.parse(List.of("")).allows("x", at("10.0.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "1.2.3.4.5",
                "a b",
                "http://x",
                "*",
                "300.1.1.1/8"
            })
    void whatIsNoneIsSaid(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AllowList.parse(List.of(entry)))
                .withMessageContaining(entry);
    }

    private static InetAddress at(String address) throws UnknownHostException {
        return InetAddress.getByName(address);
    }
}
