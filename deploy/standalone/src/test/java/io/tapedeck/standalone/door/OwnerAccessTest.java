package io.tapedeck.standalone.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is taken for the person at this machine. Every case but the first few is an attack.
class OwnerAccessTest {

    private static final List<String> PLAIN = List.of("host", "user-agent");

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost:8080, http://localhost:8080, same-origin",
        "127.0.0.1, localhost:8080, , same-origin",
        "127.0.0.1, localhost:8080, , none",
        "127.0.0.1, 127.0.0.1:8080, , ",
        "127.3.2.1, LOCALHOST, HTTP://localhost, ",
        "::1, [::1]:8080, http://[::1]:8080, same-origin",
        "0:0:0:0:0:0:0:1%lo, localhost:8080, , ",
    })
    void theLocalBrowserIs(
            String remote, String host, @Nullable String origin, @Nullable String site) {
        assertThat(isOwner(remote, host, origin, site)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.168.1.5", "10.0.0.1", "::ffff:10.0.0.1", "fe80::1%eth0", "", "x"})
    void anotherMachineIsNot(String remote) {
        assertThat(isOwner(remote, "localhost:8080", null, null)).isFalse();
    }

    /// DNS rebinding: the attacker's name resolves to this machine, the page is its own origin.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example:8080",
                "localhost.evil.example:8080",
                "127.0.0.1.nip.io",
                "localhost@evil",
                "evil.example#localhost",
                "localhost:8080:8080",
                "localhost:",
                "",
                "[::1",
                "0.0.0.0:8080"
            })
    void aForeignNameForThisMachineIsNot(String host) {
        assertThat(isOwner("127.0.0.1", host, null, "same-origin")).isFalse();
        assertThat(isOwner("127.0.0.1", host, "http://" + host, "same-origin")).isFalse();
    }

    @Test
    void noNameAtAllIsNot() {
        assertThat(isOwner("127.0.0.1", null, null, null)).isFalse();
    }

    /// Cross-site request forgery: a page elsewhere posts to this machine.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://evil.example:8080",
                "null",
                "http://localhost:3000",
                "https://localhost:8080",
                "http://127.0.0.1:8080",
                "http://localhost:8080.evil.example",
                "http://localhost",
                ""
            })
    void aPageOfAnotherOriginIsNot(String origin) {
        assertThat(isOwner("127.0.0.1", "localhost:8080", origin, null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "", "Same-Origin", "anything"})
    void aFetchFromAnotherSiteIsNot(String site) {
        assertThat(isOwner("127.0.0.1", "localhost:8080", null, site)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For", "x-forwarded-host", "X-Forwarded-Anything", "Forwarded",
                "X-Real-IP", "Via", "Authorization", "authorization"
            })
    void whoComesThroughAProxyOrBringsAKeyIsNot(String header) {
        var caller =
                new OwnerAccess.Caller(
                        "127.0.0.1", false, "localhost:8080", null, null, List.of("host", header));
        assertThat(OwnerAccess.isLocalOwner(caller)).isFalse();
    }

    /// No browser speaks it; a proxy that leaves no header may.
    @Test
    void whoSpeaksHttp10IsNot() {
        var caller = new OwnerAccess.Caller("127.0.0.1", true, "localhost:8080", null, null, PLAIN);
        assertThat(OwnerAccess.isLocalOwner(caller)).isFalse();
    }

    private static boolean isOwner(
            String remote, @Nullable String host, @Nullable String origin, @Nullable String site) {
        return OwnerAccess.isLocalOwner(
                new OwnerAccess.Caller(remote, false, host, origin, site, PLAIN));
    }
}
