package io.throughline.torture.check;

import io.throughline.torture.check.KeyHistory.Sight;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A client reads what it wrote itself, or something later. */
final class OwnWrites {

    private OwnWrites() {}

    static Stream<Finding> in(KeyHistory history) {
        OldReads old = new OldReads(history);
        Map<Integer, Overwriting> ofClient = new HashMap<>();
        return history.reads().flatMap(read -> {
            int client = read.operation().client();
            Overwriting own = ofClient.computeIfAbsent(client, unseen -> writesOf(client, history));
            return old
                    .replacedBy(read, own)
                    .filter(write -> write.to() < notBefore(read))
                    .map(write -> old.finding(
                            Kind.OWN_WRITE_LOST,
                            read,
                            write,
                            old.said(read, write) + ": its client's own, acknowledged before the read began."))
                    .stream();
        });
    }

    private static long notBefore(Sight read) {
        return DirectWrites.isResilient(read.operation()) ? read.operation().invoked() : read.from();
    }

    private static Overwriting writesOf(int client, KeyHistory history) {
        return new Overwriting(history.obligations().stream()
                .filter(each -> each.operation().client() == client)
                .flatMap(each -> each.steps().stream()));
    }
}
