package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.LocalPostgresException;
import io.throughline.localpostgres.LocalPostgresException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** The remembered state: in memory and, before anyone sees a change, on disk. Thread-safe. */
public final class StateFile {

    private final Path file;
    private final String postgresVersion;
    private List<ShardRecord> shards;

    private StateFile(Path file, String postgresVersion, List<ShardRecord> shards) {
        this.file = file;
        this.postgresVersion = postgresVersion;
        this.shards = List.copyOf(shards);
    }

    public static boolean exists(Path file) {
        return Files.exists(file);
    }

    public static StateFile create(Path file, String postgresVersion, List<ShardRecord> shards) {
        StateFile state = new StateFile(file, postgresVersion, shards);
        state.write(shards);
        return state;
    }

    public static StateFile open(Path file, String postgresVersion) {
        return new StateFile(file, postgresVersion, read(file));
    }

    /** What the file says now; for a look from another process. */
    public static List<ShardRecord> read(Path file) {
        String text = TextFile.read(file);
        try {
            return StateText.read(text);
        } catch (IllegalArgumentException wrong) {
            throw new LocalPostgresException(
                    Code.STATE_UNREADABLE,
                    file + " does not say who is primary: " + wrong.getMessage()
                            + ". Restore it from a copy; without it a start could bring back an old primary.",
                    wrong);
        }
    }

    public synchronized List<ShardRecord> shards() {
        return shards;
    }

    public synchronized ShardRecord shard(String name) {
        return shards.stream()
                .filter(shard -> shard.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no shard named " + name));
    }

    /** Changes one shard's record; the change is on disk when this returns. */
    public synchronized ShardRecord change(String name, UnaryOperator<ShardRecord> change) {
        ShardRecord changed = change.apply(shard(name));
        List<ShardRecord> all = shards.stream()
                .map(shard -> shard.name().equals(name) ? changed : shard)
                .toList();
        if (!all.equals(shards)) {
            write(all);
            shards = all;
        }
        return changed;
    }

    private void write(List<ShardRecord> all) {
        TextFile.replace(file, StateText.write(postgresVersion, all));
    }
}
