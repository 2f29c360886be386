package io.throughline.containers;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.testcontainers.DockerClientFactory;

/** The container engine that these tests need. */
record Engine(boolean answers, boolean required) {

    /** .ci/run knows a skipped test by its beginning. */
    private static final String MISSING =
            "no container engine answers, or it has no Compose 2, so docker-compose.yml was not"
                    + " tested. Start Docker, or as root on Debian run .ci/with-engine mvn verify.";

    /** Asks for it, and says aloud where there is none. */
    static Engine find() {
        Engine engine = new Engine(
                DockerClientFactory.instance().isDockerAvailable() && hasCompose(),
                "required".equals(System.getenv("THROUGHLINE_CONTAINERS")));
        if (!engine.answers) {
            System.out.println((engine.required ? "FAILED: " : "SKIPPED: ") + MISSING);
        }
        return engine;
    }

    private static boolean hasCompose() {
        try {
            return new ProcessBuilder("docker", "compose", "version").start().waitFor() == 0;
        } catch (IOException noDocker) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Skips what needs it where there is none, or fails it if {@code THROUGHLINE_CONTAINERS=required}. */
    void need() {
        if (required) {
            assertTrue(answers, MISSING);
        }
        assumeTrue(answers, MISSING);
    }
}
