package io.throughline.member;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.impl.HazelcastInstanceProxy;
import com.hazelcast.spi.impl.NodeEngineImpl;
import com.hazelcast.spi.impl.operationservice.impl.InvocationRegistry;
import com.hazelcast.spi.properties.ClusterProperty;
import com.hazelcast.spi.properties.HazelcastProperties;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a member out of the grid so that no client notices. Hazelcast's own graceful shutdown hands the partitions over and
 * closes the connections at once; a client that hasn't heard of the new owners by then loses the answers to what it just
 * sent, and can't know whether it was stored. So the member first becomes one without partitions (a lite member), which
 * passes on whatever still arrives, stays until every client has the new partition table and what it passed on has been
 * answered, and only then goes.
 */
final class Departure {

    private static final Logger log = LoggerFactory.getLogger(Departure.class);

    /** Clients are told of moved partitions after 500 ms at most (Hazelcast 5.7, ClusterViewListenerService). */
    private static final Duration UNTIL_CLIENTS_KNOW = Duration.ofSeconds(1);

    /** What was passed on waits for its commit. Past this a client may lose its answer, and hears that it can't know. */
    private static final Duration UNTIL_ANSWERED = Duration.ofSeconds(5);

    private static final Duration UNTIL_SENT = Duration.ofMillis(200);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final HazelcastInstance hazelcast;
    private final Duration within;

    Departure(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
        this.within = within(hazelcast.getConfig());
    }

    /** To be called before the member starts: one setting bounds both ways of handing over. */
    static void prepare(Config config) {
        config.setProperty(
                ClusterProperty.DEMOTE_MAX_WAIT.getName(),
                Long.toString(within(config).toSeconds()));
    }

    private static Duration within(Config config) {
        return Duration.ofSeconds(
                new HazelcastProperties(config).getSeconds(ClusterProperty.GRACEFUL_SHUTDOWN_MAX_WAIT));
    }

    /** How long handing over may take; {@code hazelcast.graceful.shutdown.max.wait}. */
    Duration within() {
        return within;
    }

    /** False if it took longer than allowed, and so may have left without handing all over. */
    boolean go() {
        long start = System.nanoTime();
        if (handOver()) {
            pause(UNTIL_CLIENTS_KNOW);
            awaitAnswers();
            pause(UNTIL_SENT);
            hazelcast.shutdown();
            return true;
        }
        hazelcast.shutdown();
        // Hazelcast doesn't say whether it handed all over: it gives up, in silence, when its time is over.
        return Duration.ofNanos(System.nanoTime() - start).compareTo(within) < 0;
    }

    /** False where there is no one to hand over to, or it took too long. */
    private boolean handOver() {
        Cluster cluster = hazelcast.getCluster();
        try {
            cluster.demoteLocalDataMember();
            return true;
        } catch (RuntimeException e) {
            log.info("Not handed over before leaving, as the last member can't: {}", e.getMessage());
            return false;
        }
    }

    /** Hazelcast's own questions to other members are counted as well, so one look without any is enough. */
    private void awaitAnswers() {
        NodeEngineImpl engine =
                ((HazelcastInstanceProxy) hazelcast).getOriginal().node.getNodeEngine();
        InvocationRegistry underWay = engine.getOperationService().getInvocationRegistry();
        long deadline = System.nanoTime() + UNTIL_ANSWERED.toNanos();
        while (underWay.size() > 0 && System.nanoTime() - deadline < 0) {
            pause(LOOK);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
