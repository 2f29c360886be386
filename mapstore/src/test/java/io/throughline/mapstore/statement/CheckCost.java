package io.throughline.mapstore.statement;

import io.throughline.localpostgres.LocalShards;
import io.throughline.localpostgres.LocalShardsConfig;
import io.throughline.mapstore.config.GridConfigReader;
import io.throughline.mapstore.schema.SchemaMigration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * What the writer check and the RPO guard cost a batch: rows a second over one connection to a shard of three nodes, with
 * and without them, in interleaved rounds. Not a test: run by hand, see docs/writers.md.
 */
final class CheckCost {

    private static final int ROUNDS = 9;
    private static final long NANOS_EACH = 1_000_000_000L;
    private static final int KEYS = 20_000;
    private static final String VALUE = "v".repeat(200);
    private static final UUID MEMBER = new UUID(1, 2);

    /** The statements, each with one thing more than the one before it. */
    private enum Variant {
        UPSERT_ALONE,
        WRITER_CHECKED,
        AND_REPLICATION_GUARDED;

        private static final String UPSERT = """
                INSERT INTO kv.entries AS row (key, partition, value, written_at)
                SELECT batch.key, batch.partition, batch.value, clock_timestamp()
                FROM unnest(?::text[], ?::smallint[], ?::text[]) AS batch (key, partition, value)
                WHERE %s
                ON CONFLICT (key) DO UPDATE
                SET partition = excluded.partition, value = excluded.value, written_at = excluded.written_at""";

        String sql() {
            return switch (this) {
                case UPSERT_ALONE -> UPSERT.formatted("true");
                case WRITER_CHECKED ->
                    "BEGIN;\nSELECT epoch, fenced FROM throughline.writer WHERE member = ? FOR SHARE;\n"
                            + UPSERT.formatted("EXISTS (SELECT FROM throughline.writer"
                                    + " WHERE member = ? AND epoch = ? AND NOT fenced)")
                            + ";\nCOMMIT";
                case AND_REPLICATION_GUARDED ->
                    "BEGIN;\n" + WriterGuard.LOCK + ";\n" + UPSERT.formatted(WriterGuard.MAY_WRITE) + ";\nCOMMIT;\n"
                            + WriterGuard.AFTER;
            };
        }
    }

    private CheckCost() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("throughline-check-cost-");
        try (LocalShards shards = LocalShards.start(LocalShardsConfig.in(folder).withShards(1))) {
            prepare(shards, folder);
            try (Connection connection = shards.connect(shards.shard("shard-1").primary())) {
                for (int rows : new int[] {1, 16, 64}) {
                    report(rows, measured(connection, rows));
                }
            }
        }
        System.out.println("The data of this run is in " + folder + "; remove it.");
    }

    private static void prepare(LocalShards shards, Path folder) throws Exception {
        List<String> hosts = shards.shard("shard-1").hosts().stream()
                .map(host -> '"' + host + '"')
                .toList();
        Path yaml = Files.writeString(folder.resolve("throughline.yaml"), """
                database: {password-file: %s}
                migration: {password-file: %s}
                shards: {shard-1: {hosts: %s}}
                maps: {kv: {value-format: text}}
                """.formatted(
                        shards.secrets().application(), shards.secrets().owner(), hosts));
        SchemaMigration.migrate(new GridConfigReader().read(yaml));
        try (Connection connection = shards.connect(shards.shard("shard-1").primary());
                PreparedStatement register =
                        connection.prepareStatement("INSERT INTO throughline.writer (member) VALUES (?)")) {
            register.setObject(1, MEMBER);
            register.execute();
        }
    }

    /** Rows a second of each variant, a figure a round. */
    private static Map<Variant, List<Double>> measured(Connection connection, int rows) throws SQLException {
        Map<Variant, List<Double>> speeds = new EnumMap<>(Variant.class);
        List<Variant> order = new ArrayList<>(List.of(Variant.values()));
        Random random = new Random(1);
        for (int round = 0; round <= ROUNDS; round++) {
            Collections.rotate(order, 1);
            for (Variant variant : order) {
                double speed = speed(connection, variant, rows, random);
                if (round > 0) { // the first warms up
                    speeds.computeIfAbsent(variant, first -> new ArrayList<>()).add(speed);
                }
            }
        }
        return speeds;
    }

    private static double speed(Connection connection, Variant variant, int rows, Random random) throws SQLException {
        long begin = System.nanoTime();
        long written = 0;
        try (PreparedStatement statement = connection.prepareStatement(variant.sql())) {
            while (System.nanoTime() - begin < NANOS_EACH) {
                bind(connection, statement, variant, keys(rows, random));
                statement.execute();
                written += rows;
            }
        }
        return written * 1e9 / (System.nanoTime() - begin);
    }

    private static String[] keys(int rows, Random random) {
        return random.ints(0, KEYS)
                .distinct()
                .limit(rows)
                .mapToObj(number -> "key-" + number)
                .sorted()
                .toArray(String[]::new);
    }

    private static void bind(Connection connection, PreparedStatement statement, Variant variant, String[] keys)
            throws SQLException {
        boolean checked = variant != Variant.UPSERT_ALONE;
        int parameter = 1;
        if (checked) {
            statement.setObject(parameter++, MEMBER);
        }
        Short[] partitions = Collections.nCopies(keys.length, (short) 1).toArray(new Short[0]);
        String[] values = Collections.nCopies(keys.length, VALUE).toArray(new String[0]);
        statement.setArray(parameter++, connection.createArrayOf("text", keys));
        statement.setArray(parameter++, connection.createArrayOf("int2", partitions));
        statement.setArray(parameter++, connection.createArrayOf("text", values));
        if (checked) {
            statement.setObject(parameter++, MEMBER);
            statement.setLong(parameter++, 0);
        }
        if (variant == Variant.AND_REPLICATION_GUARDED) {
            statement.setBoolean(parameter, true);
        }
    }

    private static void report(int rows, Map<Variant, List<Double>> speeds) {
        List<Double> alone = speeds.getOrDefault(Variant.UPSERT_ALONE, List.of());
        speeds.forEach((variant, measured) -> {
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < measured.size(); round++) {
                ratios.add(measured.get(round) / alone.get(round));
            }
            System.out.printf(
                    "%3d rows  %-24s %,8.0f rows/s  %.3f of the upsert alone (%.3f to %.3f)%n",
                    rows, variant, median(measured), median(ratios), Collections.min(ratios), Collections.max(ratios));
        });
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
