package io.throughline.bench.topology;

import io.throughline.bench.peers.Peer;
import java.util.List;
import java.util.stream.Stream;

/** What a peer's JVMs need beside what all have. Stateless. */
final class PeerFlags {

    /** Beside those that Hazelcast needs too. Ignite's bin/include/jvmdefaults.sh has the list for Java 15 and later. */
    private static final List<String> OPENED_TO_IGNITE = List.of(
            "java.base/java.io",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.math",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.text",
            "java.base/java.time",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/java.util.concurrent.locks",
            "java.base/jdk.internal.access",
            "java.base/jdk.internal.misc",
            "java.base/sun.reflect.generics.reflectiveObjects",
            "java.base/sun.util.calendar",
            "java.management/com.sun.jmx.mbeanserver",
            "java.sql/java.sql",
            "jdk.internal.jvmstat/sun.jvmstat.monitor");

    private PeerFlags() {}

    static List<String> of(Peer peer) {
        return peer == Peer.IGNITE
                ? Stream.concat(
                                OPENED_TO_IGNITE.stream().map(name -> "--add-opens=" + name + "=ALL-UNNAMED"),
                                // Nothing is asked of the network.
                                Stream.of("-DIGNITE_UPDATE_NOTIFIER=false", "-DIGNITE_NO_ASCII=true"))
                        .toList()
                : List.of();
    }
}
