package io.tapedeck.standalone.door;

import java.util.Map;

/// How each part is.
///
/// @param parts name and whether it does its work, in the order of the data's way
public record Health(Map<String, Boolean> parts) {

    boolean isUp() {
        return parts.values().stream().allMatch(up -> up);
    }
}
