package io.throughline.bench.ignite;

import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ignite.cache.store.jdbc.dialect.BasicJdbcDialect;

/**
 * PostgreSQL's upsert. Ignite has no dialect for PostgreSQL: its basic one sends an update, and an insert where that found no
 * row, and puts of many entries one statement at a time. Stateless.
 */
public final class UpsertDialect extends BasicJdbcDialect {

    @Override
    public boolean hasMerge() {
        return true;
    }

    @Override
    public String mergeQuery(String table, Collection<String> keyColumns, Collection<String> otherColumns) {
        String columns =
                Stream.concat(keyColumns.stream(), otherColumns.stream()).collect(Collectors.joining(", "));
        String marks = Stream.generate(() -> "?")
                .limit(keyColumns.size() + (long) otherColumns.size())
                .collect(Collectors.joining(", "));
        String updates = otherColumns.stream()
                .map(column -> column + " = EXCLUDED." + column)
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ") ON CONFLICT ("
                + String.join(", ", keyColumns) + ") DO UPDATE SET " + updates;
    }
}
