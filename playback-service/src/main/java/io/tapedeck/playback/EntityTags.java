package io.tapedeck.playback;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Entity tags (RFC 9110 §8.8.3).
public final class EntityTags {

    private static final Pattern TAG =
            Pattern.compile("(?:W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")");
    private static final int DIGEST_BYTES = 12;

    private EntityTags() {}

    /// The same for the same bytes, whatever their encoding on the way.
    public static String weak(String content) {
        return "W/" + strong(content);
    }

    /// A tag that follows from what identifies the bytes.
    public static String strong(String identity) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(identity.getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Whether an `If-None-Match` header names the tag, compared weakly (§13.1.2).
    public static boolean anyMatches(@Nullable String ifNoneMatch, String entityTag) {
        if (ifNoneMatch == null) {
            return false;
        }
        return ifNoneMatch.strip().equals("*")
                || TAG.matcher(ifNoneMatch)
                        .results()
                        .anyMatch(found -> found.group(1).equals(opaque(entityTag)));
    }

    private static String opaque(String entityTag) {
        return entityTag.startsWith("W/") ? entityTag.substring(2) : entityTag;
    }
}
