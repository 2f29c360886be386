package io.throughline.mapstore.writer;

/** A writer's row as a statement found it. */
public record WriterRow(long epoch, boolean fenced) {

    /** What a missing row stands for. */
    public static final WriterRow MISSING = new WriterRow(-1, true);
}
