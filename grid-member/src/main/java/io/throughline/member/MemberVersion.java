package io.throughline.member;

import com.hazelcast.instance.BuildInfoProvider;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class MemberVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String own = MemberVersion.class.getPackage().getImplementationVersion();
        return new String[] {
            "grid-member " + (own == null ? "(not from a jar)" : own),
            "Hazelcast " + BuildInfoProvider.getBuildInfo().getVersion(),
            "Java " + Runtime.version()
        };
    }
}
