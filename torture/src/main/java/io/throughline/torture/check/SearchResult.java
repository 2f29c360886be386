package io.throughline.torture.check;

/** @param states how many were looked at */
record SearchResult(Verdict verdict, int states) {}
