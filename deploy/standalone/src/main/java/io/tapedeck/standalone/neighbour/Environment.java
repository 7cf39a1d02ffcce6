package io.tapedeck.standalone.neighbour;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Property names as environment variables.
public final class Environment {

    private Environment() {}

    /// Each property under the name that MicroProfile Config 3.1 (section "Environment Variables
    /// Mapping Rules") looks for: what is neither letter nor digit becomes `_`, in capitals.
    public static Map<String, String> of(Map<String, String> properties) {
        var environment = new TreeMap<String, String>();
        properties.forEach((name, value) -> environment.put(name(name), value));
        return environment;
    }

    static String name(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
