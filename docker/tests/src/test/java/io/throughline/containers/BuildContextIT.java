package io.throughline.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Maven ends at once if one is missing, and nobody builds from the sources but who follows the README. */
class BuildContextIT {

    private static final Path ROOT = Path.of("../..");

    @Test
    void the_pom_of_every_module_goes_to_who_builds_the_images() throws IOException {
        List<String> sent = Files.readAllLines(ROOT.resolve("docker/grid/Dockerfile.dockerignore"));

        assertThat(sent).containsAll(poms().stream().map(pom -> "!" + pom).toList());
    }

    private static List<String> poms() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            return files.filter(file -> file.endsWith("pom.xml"))
                    .map(file -> ROOT.relativize(file).toString())
                    .filter(file -> !file.contains("target/"))
                    .toList();
        }
    }
}
