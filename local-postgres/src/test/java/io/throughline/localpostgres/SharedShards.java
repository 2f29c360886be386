package io.throughline.localpostgres;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Two shards for all tests of the module, each test with a table of its own. Tests leave all nodes running. */
public final class SharedShards implements ParameterResolver {

    private static final Namespace SPACE = Namespace.create(SharedShards.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == LocalShards.class;
    }

    @Override
    public LocalShards resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(SPACE)
                .getOrComputeIfAbsent(Started.class, key -> new Started(), Started.class)
                .shards;
    }

    private static final class Started implements AutoCloseable {

        private final TestFolder folder = new TestFolder();
        private final LocalShards shards;

        Started() {
            shards = LocalShards.start(LocalShardsConfig.in(folder.root()).withProgress(new PrintedProgress()));
        }

        @Override
        public void close() {
            shards.close();
            folder.close();
        }
    }
}
