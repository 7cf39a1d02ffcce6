package io.tapedeck.ingest.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A server's question for a password that is not to be sent itself (RFC 7616, and RFC 2069 as
/// cameras still speak it).
///
/// @param algorithm of [MessageDigest]
/// @param algorithmName as the server calls it; empty if it does not
/// @param qop whether it knows `qop=auth`
/// @param opaque to be sent back; empty if there is none
record DigestChallenge(
        String realm,
        String nonce,
        String algorithm,
        String algorithmName,
        boolean qop,
        String opaque) {

    private static final Pattern PARAMETER =
            Pattern.compile("([a-zA-Z]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\",\\s]+))");

    private static final SecureRandom RANDOM = new SecureRandom();

    /// @return empty when it is of another kind, or of one that is not known here
    static Optional<DigestChallenge> parse(String challenge) {
        if (!challenge.regionMatches(true, 0, "Digest ", 0, 7) || challenge.length() > 4096) {
            return Optional.empty();
        }
        Map<String, String> said = new HashMap<>();
        var matcher = PARAMETER.matcher(challenge.substring(7));
        while (matcher.find()) {
            String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
            said.put(matcher.group(1).toLowerCase(Locale.ROOT), value);
        }
        String name = said.getOrDefault("algorithm", "");
        String algorithm =
                switch (name.toUpperCase(Locale.ROOT)) {
                    case "", "MD5" -> "MD5";
                    case "SHA-256" -> "SHA-256";
                    default -> "";
                };
        if (algorithm.isEmpty() || !said.containsKey("nonce") || !said.containsKey("realm")) {
            return Optional.empty();
        }
        return Optional.of(
                new DigestChallenge(
                        said.getOrDefault("realm", ""),
                        said.getOrDefault("nonce", ""),
                        algorithm,
                        name,
                        said.getOrDefault("qop", "").contains("auth"),
                        said.getOrDefault("opaque", "")));
    }

    /// A value for `Authorization`.
    ///
    /// @param target as it is in the request line
    String answer(String user, String password, String method, String target) {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        return answer(user, password, method, target, HexFormat.of().formatHex(random));
    }

    String answer(String user, String password, String method, String target, String cnonce) {
        String who = hash(user + ":" + realm + ":" + password);
        String what = hash(method + ":" + target);
        String proof =
                qop
                        ? hash(String.join(":", who, nonce, "00000001", cnonce, "auth", what))
                        : hash(String.join(":", who, nonce, what));
        var answer = new StringBuilder("Digest ");
        answer.append(
                "username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\""
                        .formatted(user, realm, nonce, target, proof));
        if (!algorithmName.isEmpty()) {
            answer.append(", algorithm=").append(algorithmName);
        }
        if (!opaque.isEmpty()) {
            answer.append(", opaque=\"").append(opaque).append('"');
        }
        if (qop) {
            answer.append(", qop=auth, nc=00000001, cnonce=\"").append(cnonce).append('"');
        }
        return answer.toString();
    }

    private String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
