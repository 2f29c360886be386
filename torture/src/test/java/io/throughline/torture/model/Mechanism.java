package io.throughline.torture.model;

/** What the protocol rests on. Each can be taken out, and then a promise must break. */
enum Mechanism {
    WRITER_FENCED("a new owner fences the one that was removed"),
    FENCE_WAITS("a fence waits for the batches that hold the writer's row"),
    EPOCH_AT_HAND_OVER("a new owner raises the epochs of the others"),
    EPOCH_OF_EVERYONE("a new owner raises all of them, not only that of the one it has the partition from"),
    EPOCH_BEFORE_RESEND("a member raises its own epoch before it sends again what got no answer"),
    MEMORY_BOUND("a member that is cut off stops to serve before it is replaced"),
    BACKUP_ACKNOWLEDGES("a put is acknowledged when the backup has it, or what the backup had has expired"),
    POSITION_ASKED("a refill from a standby asks the primary for the position first"),
    ROW_GUARD("the row judges attempts and direct writes by deadline and id"),
    DEADLINE_IN_ROW("a direct write leaves its deadline in the row"),
    ID_IN_ATTEMPTS("a row takes each operation once, by its id"),
    LATE_ATTEMPTS_REFUSED("an attempt is refused after its deadline"),
    FORGOTTEN_REFUSED("nothing is written where the row may have taken the operation and forgotten it"),
    SEAL("a copy that is sent again seals the row against the earlier ones"),
    LATER_DEADLINES("each copy of a direct write has a later deadline than the one before"),
    TOMBSTONES("a deleted row that has seen attempts stays, without its value"),
    OVERLAY("a client reads from the shard what it wrote there"),
    OVERLAY_WITHOUT_VALUES("the overlay has keys, and no values"),
    OVERLAY_UNTIL_EVICTED("a key leaves the overlay one TTL after its eviction was answered"),
    EVICTED_AFTERWARDS("the entry is evicted after the direct write, not before it"),
    EVICTION_NEEDS_MAJORITY("a removed member does not confirm an eviction"),
    REPEATED_NOT_KEPT("a member does not keep the value of an attempt that the row had taken before"),
    SECOND_RUN_UNKNOWN("what a new owner can't store is unknown, as the one before it may have stored it");

    private final String words;

    Mechanism(String words) {
        this.words = words;
    }

    /** What it does, in a few words. */
    String words() {
        return words;
    }
}
