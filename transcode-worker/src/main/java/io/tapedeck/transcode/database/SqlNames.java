package io.tapedeck.transcode.database;

import java.util.Locale;

/// How enum constants are written in columns: lower case.
final class SqlNames {

    private SqlNames() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E read(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
