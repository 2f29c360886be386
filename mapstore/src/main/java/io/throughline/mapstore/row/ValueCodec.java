package io.throughline.mapstore.row;

import io.throughline.mapstore.config.GridMapConfig;

/** Between a map's value and its column. Stateless and thread-safe. */
public sealed interface ValueCodec permits TextCodec, JsonCodec, BinaryCodec {

    /** @throws InvalidRowException if the value is of another type, too large, or not what its format calls for */
    ColumnValue toColumn(Object value) throws InvalidRowException;

    /** @param column what {@link #toColumn} made, as the driver gives it back */
    Object fromColumn(Object column);

    static ValueCodec of(GridMapConfig map) {
        return switch (map.valueFormat()) {
            case TEXT -> new TextCodec(map.maxValueBytes());
            case JSON -> new JsonCodec(map.maxValueBytes());
            case BINARY -> new BinaryCodec(map.maxValueBytes());
        };
    }
}
