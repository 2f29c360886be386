package io.throughline.bench.cost;

import java.util.List;

/**
 * What runs for one peer. For one thread.
 *
 * @param members none for a peer without a grid
 * @param healthUrls of the members that have metrics
 */
public record Metered(Jvms client, Jvms members, List<String> healthUrls) implements AutoCloseable {

    /** @throws io.throughline.cli.CommandFailed if one of the JVMs can't be asked */
    public static Metered of(long client, List<Long> members, List<String> healthUrls) {
        Jvms clientJvm = Jvms.of(List.of(client));
        try {
            return new Metered(clientJvm, Jvms.of(members), healthUrls);
        } catch (RuntimeException e) {
            clientJvm.close();
            throw e;
        }
    }

    @Override
    public void close() {
        client.close();
        members.close();
    }
}
