package io.throughline.torture.check;

import java.util.List;
import java.util.Optional;

/**
 * @param findings of each kind the first; empty unless the verdict is {@link Verdict#VIOLATED}
 * @param stalest among its reads; empty where none was behind
 */
record KeyResult(String key, Verdict verdict, List<Finding> findings, Optional<StalestRead> stalest) {}
