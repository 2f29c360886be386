package io.throughline.mapstore.row;

import io.throughline.mapstore.ErrorCode;

/** What the codecs refuse in the same words. */
final class ValueLimit {

    private ValueLimit() {}

    static InvalidRowException wrongType(Object value, String expected) {
        return new InvalidRowException(
                ErrorCode.VALUE_TYPE,
                "the value is a " + value.getClass().getTypeName() + ", and this map's values are " + expected);
    }

    static int textBytes(String text, int maxBytes) throws InvalidRowException {
        String fault = RowText.fault(text);
        if (!fault.isEmpty()) {
            throw new InvalidRowException(ErrorCode.VALUE_TEXT_INVALID, "the value " + fault);
        }
        return checked(RowText.utf8Bytes(text), maxBytes);
    }

    static int checked(int bytes, int maxBytes) throws InvalidRowException {
        if (bytes > maxBytes) {
            throw new InvalidRowException(
                    ErrorCode.VALUE_TOO_LARGE, "the value has " + bytes + " bytes, and max-value-bytes is " + maxBytes);
        }
        return bytes;
    }
}
