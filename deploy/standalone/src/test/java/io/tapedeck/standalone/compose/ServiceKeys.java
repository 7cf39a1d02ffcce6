package io.tapedeck.standalone.compose;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// The configuration keys of a service, read from the sources of its `@ConfigMapping` interfaces,
/// because no service is on the class path here.
///
/// @param required whether a key has neither a default nor may be left out
public record ServiceKeys(Map<String, Boolean> required) {

    /// Framework keys that lead a service to its neighbours.
    private static final Set<String> FRAMEWORK =
            Set.of(
                    "quarkus.http.host",
                    "quarkus.http.port",
                    "quarkus.http.proxy.proxy-address-forwarding",
                    "quarkus.http.proxy.enable-forwarded-host",
                    "quarkus.datasource.jdbc.url",
                    "quarkus.datasource.username",
                    "quarkus.datasource.password",
                    "kafka.bootstrap.servers");

    private static final Pattern PROPERTY =
            Pattern.compile("^([A-Za-z][\\w.-]+)\\s*=", Pattern.MULTILINE);
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([a-z][\\w.-]+)[:}]");
    private static final Pattern INJECTED =
            Pattern.compile("@ConfigProperty\\(\\s*name\\s*=\\s*\"([^\"]+)\"");

    /// @param directories modules that the service is made of
    public static ServiceKeys of(Path root, String... directories) {
        var required = new TreeMap<String, Boolean>();
        FRAMEWORK.forEach(key -> required.put(key, false));
        var given = new TreeSet<String>();
        for (var directory : directories) {
            for (var file : sources(root.resolve(directory).resolve("src/main"))) {
                var text = text(file);
                if (file.toString().endsWith(".properties")) {
                    PROPERTY.matcher(text).results().forEach(found -> given.add(found.group(1)));
                    REFERENCE
                            .matcher(text)
                            .results()
                            .forEach(found -> required.putIfAbsent(found.group(1), false));
                } else {
                    INJECTED.matcher(text)
                            .results()
                            .forEach(found -> required.putIfAbsent(found.group(1), false));
                    if (text.contains("@ConfigMapping(")) {
                        mappings(file).forEach(required::put);
                    }
                }
            }
        }
        given.forEach(key -> required.put(key, false));
        return new ServiceKeys(required);
    }

    /// Variable names as the services look for them.
    public Set<String> variables() {
        return variables(required.keySet());
    }

    public Set<String> requiredVariables() {
        var names = new TreeSet<String>();
        required.forEach((key, isRequired) -> {
            if (isRequired) {
                names.add(key);
            }
        });
        return variables(names);
    }

    private static Set<String> variables(Set<String> keys) {
        var names = new TreeSet<String>();
        keys.forEach(
                key -> names.add(key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT)));
        return names;
    }

    private static Map<String, Boolean> mappings(Path file) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    diagnostic -> {},
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjects(file));
            var found = new HashMap<String, Boolean>();
            for (var unit : task.parse()) {
                for (var type : unit.getTypeDecls()) {
                    if (type instanceof ClassTree mapping) {
                        new Mapping(mapping).read(prefix(mapping), mapping, found);
                    }
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String prefix(ClassTree type) {
        return type.getModifiers().getAnnotations().stream()
                .filter(annotation -> named(annotation, "ConfigMapping"))
                .map(annotation -> literals(annotation).getFirst())
                .findFirst()
                .orElseThrow();
    }

    private static boolean named(AnnotationTree annotation, String name) {
        return annotation.getAnnotationType().toString().endsWith(name);
    }

    private static List<String> literals(AnnotationTree annotation) {
        var found = new ArrayList<String>();
        annotation.accept(
                new TreeScanner<Void, Void>() {
                    @Override
                    public Void visitLiteral(LiteralTree literal, Void nothing) {
                        found.add(String.valueOf(literal.getValue()));
                        return null;
                    }
                },
                null);
        return found;
    }

    /// One mapping interface with those nested in it.
    private record Mapping(ClassTree outermost) {

        void read(String prefix, ClassTree type, Map<String, Boolean> found) {
            for (var member : type.getMembers()) {
                if (member instanceof MethodTree method && method.getBody() == null) {
                    var key = prefix + "." + kebab(method.getName().toString());
                    var nested = nested(String.valueOf(method.getReturnType()));
                    if (nested == null) {
                        found.put(key, !hasDefault(method));
                    } else {
                        read(key, nested, found);
                    }
                }
            }
        }

        private @Nullable ClassTree nested(String name) {
            for (var member : outermost.getMembers()) {
                if (member instanceof ClassTree type && type.getSimpleName().contentEquals(name)) {
                    return type;
                }
            }
            return null;
        }

        private static boolean hasDefault(MethodTree method) {
            return String.valueOf(method.getReturnType()).startsWith("Optional")
                    || method.getModifiers().getAnnotations().stream()
                            .anyMatch(annotation -> named(annotation, "WithDefault"));
        }

        private static String kebab(String name) {
            return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
        }
    }

    private static List<Path> sources(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.toString().matches(".*\\.(java|properties)")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
