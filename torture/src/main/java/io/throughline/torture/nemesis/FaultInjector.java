package io.throughline.torture.nemesis;

/** One kind of fault. One at a time: healed before it begins again. */
public interface FaultInjector {

    /**
     * @param target as {@link Step#target}
     * @return whom it struck
     */
    String begin(int target);

    /** Undoes what {@link #begin} did; what ended by it is started again by the watches. Idempotent. */
    void heal();
}
