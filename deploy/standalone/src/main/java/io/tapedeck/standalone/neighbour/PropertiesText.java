package io.tapedeck.standalone.neighbour;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// The content of a properties file that names a directory. In ASCII, since such files are read as
/// ISO 8859-1, and with backslashes and what else means something escaped.
final class PropertiesText {

    private PropertiesText() {}

    /// @param fixed properties in the syntax of such a file
    /// @param key whose value is the directory
    static String of(String fixed, String key, String directory) {
        var properties = new Properties();
        var bytes = new ByteArrayOutputStream();
        try {
            properties.load(new StringReader(fixed));
            properties.setProperty(key, directory);
            properties.store(bytes, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory alone does not fail
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
