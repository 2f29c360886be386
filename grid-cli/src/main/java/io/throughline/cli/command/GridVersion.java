package io.throughline.cli.command;

import com.hazelcast.instance.BuildInfoProvider;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} shows. */
final class GridVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String own = GridVersion.class.getPackage().getImplementationVersion();
        return new String[] {
            "Throughline " + (own == null ? "(development)" : own),
            "Hazelcast " + BuildInfoProvider.getBuildInfo().getVersion(),
            "Java " + System.getProperty("java.version")
        };
    }
}
