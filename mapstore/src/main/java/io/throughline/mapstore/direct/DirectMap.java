package io.throughline.mapstore.direct;

import io.throughline.mapstore.row.ColumnValue;
import io.throughline.mapstore.row.InvalidRowException;
import io.throughline.mapstore.row.RowKey;
import io.throughline.mapstore.row.RowOperation;
import io.throughline.mapstore.row.RowOperation.Verb;
import io.throughline.mapstore.row.ValueCodec;
import io.throughline.mapstore.statement.DirectWrite;
import io.throughline.mapstore.statement.DirectWrite.Kind;
import io.throughline.mapstore.statement.MapTable;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * One map's operations at the shards. Making one checks its key and value, and sends nothing. Thread-safe.
 *
 * <p>Every method throws {@link io.throughline.mapstore.RefusedException} where the key or a value can't be a row's, and
 * {@link NullPointerException} where one is null, as Hazelcast's maps do: a null value would be a remove.
 */
public final class DirectMap {

    private final MapTable table;
    private final ValueCodec codec;
    private final DirectGrid grid;

    DirectMap(MapTable table, ValueCodec codec, DirectGrid grid) {
        this.table = table;
        this.codec = codec;
        this.grid = grid;
    }

    public DirectOperation put(String key, Object value) {
        return write(Kind.PUT, Verb.PUT, key, given(value), null);
    }

    /** Leaves a tombstone, so that nothing late brings the key back. */
    public DirectOperation remove(String key) {
        return write(Kind.REMOVE, Verb.REMOVE, key, null, null);
    }

    public DirectOperation putIfAbsent(String key, Object value) {
        return write(Kind.PUT_IF_ABSENT, Verb.PUT, key, given(value), null);
    }

    /** @param expected compared with the row's value byte for byte */
    public DirectOperation replace(String key, Object expected, Object value) {
        return write(Kind.REPLACE, Verb.PUT, key, given(value), given(expected));
    }

    public DirectRead read(String key) {
        RowOperation operation = operation(Verb.LOAD, key);
        try {
            RowKey.check(key);
            return new DirectRead(operation, table, codec, grid.shardOf(operation.partition()));
        } catch (InvalidRowException e) {
            throw operation.refused(e.code(), e.fault(), "Correct the key.", null);
        }
    }

    private DirectOperation write(Kind kind, Verb verb, String key, @Nullable Object value, @Nullable Object expected) {
        RowOperation operation = operation(verb, key);
        try {
            RowKey.check(key);
            DirectWrite write = new DirectWrite(kind, operation, table, column(value), column(expected), newId(kind));
            return new DirectOperation(write, codec, grid.shardOf(operation.partition()));
        } catch (InvalidRowException e) {
            throw operation.refused(e.code(), e.fault(), "Correct the key or the value.", null);
        }
    }

    // A caller that isn't checked for nulls may bring one.
    private static Object given(@Nullable Object value) {
        return Objects.requireNonNull(value, "a value is null; remove takes a key away");
    }

    /** Odd where a condition decides: what was written without one overwrites whatever came before it. */
    private static long newId(Kind kind) {
        long random = ThreadLocalRandom.current().nextLong();
        return kind.conditional() ? random | 1 : random & ~1;
    }

    private @Nullable ColumnValue column(@Nullable Object value) throws InvalidRowException {
        return value == null ? null : codec.toColumn(value);
    }

    private RowOperation operation(Verb verb, String key) {
        int partition = grid.partitionOf(Objects.requireNonNull(key, "the key is null"));
        return new RowOperation(
                verb, table.map(), key, partition, grid.shardOf(partition).name());
    }
}
