package io.throughline.torture.sabotage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * {@code ./grid torture} with one option more, {@code --sabotage NAME}. It stands among the tests, so that no shipped jar can break
 * itself.
 */
public final class SabotagedTorture {

    private static final String OPTION = "--sabotage";

    private SabotagedTorture() {}

    /** @param arguments {@code --sabotage NAME}, and those of the torture, which take the place of that sabotage's own */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> rest = new ArrayList<>(List.of(arguments));
        int option = rest.indexOf(OPTION);
        if (option < 0 || option + 1 == rest.size()) {
            System.err.println(OPTION + " NAME is missing; NAME is one of "
                    + List.of(Sabotage.values()).stream().map(Sabotage::text).toList());
            System.exit(2);
        }
        rest.remove(option);
        Sabotage sabotage = Sabotage.named(rest.remove(option));
        System.exit(broken(sabotage, rest).inheritIO().start().waitFor());
    }

    /** @param more options, which take the place of the sabotage's own */
    static ProcessBuilder broken(Sabotage sabotage, List<String> more) {
        ProcessBuilder torture = whole(sabotage, more);
        // Members are started by that JVM and take this over.
        torture.environment().put("JAVA_TOOL_OPTIONS", "-javaagent:" + agent() + "=" + sabotage.name());
        return torture;
    }

    /** The same torture of a product that nobody has broken. */
    static ProcessBuilder whole(Sabotage sabotage, List<String> more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.throughline.cli.GridMain",
                "torture"));
        command.addAll(without(sabotage.options(), more));
        command.addAll(more);
        return new ProcessBuilder(command);
    }

    private static List<String> without(List<String> options, List<String> more) {
        return options.stream()
                .filter(option -> more.stream().noneMatch(other -> other.split("=")[0].equals(option.split("=")[0])))
                .toList();
    }

    /** A jar that names the agent's class; the classes themselves are found by the class path. */
    private static Path agent() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", SabotageAgent.class.getName());
        try {
            Path jar = Files.createTempFile("throughline-sabotage", ".jar");
            jar.toFile().deleteOnExit();
            try (OutputStream file = Files.newOutputStream(jar);
                    JarOutputStream classes = new JarOutputStream(file, manifest)) {
                classes.flush();
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException("the agent's jar can't be written", e);
        }
    }
}
