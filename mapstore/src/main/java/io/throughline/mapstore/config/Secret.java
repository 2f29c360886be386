package io.throughline.mapstore.config;

/** A password. It never shows in {@link #toString}, so a logged config or exception can't give it away. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
