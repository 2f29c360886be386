package io.throughline.mapstore.writer;

import java.util.UUID;

/** By what right a statement is sent: it applies only while the writer isn't fenced and its epoch is still this one. */
public record WriterStamp(UUID member, long epoch) {}
