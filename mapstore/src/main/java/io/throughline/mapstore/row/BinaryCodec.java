package io.throughline.mapstore.row;

/** {@code byte[]} and {@code bytea}. */
record BinaryCodec(int maxBytes) implements ValueCodec {

    @Override
    public ColumnValue toColumn(Object value) throws InvalidRowException {
        if (!(value instanceof byte[] bytes)) {
            throw ValueLimit.wrongType(value, "byte[] (value-format: binary)");
        }
        return new ColumnValue(bytes, ValueLimit.checked(bytes.length, maxBytes));
    }

    @Override
    public Object fromColumn(Object column) {
        return column;
    }
}
