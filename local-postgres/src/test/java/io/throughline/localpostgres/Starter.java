package io.throughline.localpostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/**
 * What runs in a JVM of its own to be killed: starts a shard, then does what it is told. Ids of acknowledged rows go to a
 * file.
 */
final class Starter {

    private static final int HALTED = 9;

    private Starter() {}

    /** @param arguments folder; file for ids; what to do; the step at which the JVM halts, or empty */
    public static void main(String[] arguments) throws IOException, SQLException {
        String haltAt = arguments[3];
        LocalShardsConfig config = LocalShardsConfig.in(Path.of(arguments[0]))
                .withShards(1)
                .withProgress((place, step) -> {
                    System.out.println(place + " " + step);
                    if (!haltAt.isEmpty() && (place + " " + step).contains(haltAt)) {
                        Runtime.getRuntime().halt(HALTED);
                    }
                });
        LocalShards shards = LocalShards.start(config);
        System.out.println("STARTED");
        switch (arguments[2]) {
            case "wait" -> waitForEver();
            case "promote" -> {
                new Rows(shards, "shard-1", "middle").insert(System.currentTimeMillis());
                System.out.println(
                        "PRIMARY " + shards.shard("shard-1").primary().name());
                shards.promote(shards.shard("shard-1"));
            }
            case "promote-again-and-again" -> {
                write(shards, Path.of(arguments[1]));
                while (true) {
                    shards.promote(shards.shard("shard-1"));
                }
            }
            case "close" -> shards.close();
            default -> throw new IllegalArgumentException(arguments[2]);
        }
    }

    private static void waitForEver() {
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException goOn) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void write(LocalShards shards, Path file) throws SQLException {
        Rows rows = new Rows(shards, "shard-1", "crash");
        Thread thread = new Thread(() -> {
            for (long id = System.currentTimeMillis() * 1000; ; id++) {
                try {
                    rows.insert(id);
                    Files.writeString(file, id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                } catch (SQLException | IOException notAcknowledged) {
                    Thread.onSpinWait();
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
