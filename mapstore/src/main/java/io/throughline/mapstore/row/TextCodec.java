package io.throughline.mapstore.row;

/** {@code String} and {@code text}. */
record TextCodec(int maxBytes) implements ValueCodec {

    @Override
    public ColumnValue toColumn(Object value) throws InvalidRowException {
        if (!(value instanceof String text)) {
            throw ValueLimit.wrongType(value, "String (value-format: text)");
        }
        return new ColumnValue(text, ValueLimit.textBytes(text, maxBytes));
    }

    @Override
    public Object fromColumn(Object column) {
        return column;
    }
}
