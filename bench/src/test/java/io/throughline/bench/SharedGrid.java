package io.throughline.bench;

import io.throughline.cli.LocalGrid;
import io.throughline.cli.LocalGridConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One whole grid for all tests of this module, as starting nine processes for each would cost minutes. */
final class SharedGrid implements BeforeAllCallback, ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SharedGrid.class);

    /** Ends with the last test. */
    private record Started(LocalGrid grid, Path folder) implements AutoCloseable {

        static Started now() {
            try {
                Path folder = Files.createTempDirectory("throughline-bench");
                // PostgreSQL runs as another user where the tests run as root.
                if (!folder.toFile().setExecutable(true, false)) {
                    throw new IOException(folder + " can't be opened to other users");
                }
                return new Started(
                        LocalGrid.start(
                                LocalGridConfig.in(folder.resolve("grid")).withHeap("256m")),
                        folder);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() throws IOException {
            grid.close();
            grid.directory().delete();
            Files.deleteIfExists(folder);
        }
    }

    private static LocalGrid grid(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(Started.class, key -> Started.now(), Started.class)
                .grid();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        grid(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalGrid.class;
    }

    @Override
    public LocalGrid resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return grid(context);
    }
}
