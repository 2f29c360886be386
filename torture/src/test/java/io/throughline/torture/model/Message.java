package io.throughline.torture.model;

/**
 * What is on its way, for any time and in no order: requests to members, what an owner tells its backup, statements to the
 * database. Answers to clients aren't: they arrive at once, as one that comes later is a timeout.
 */
sealed interface Message {

    /** Distinguishes it from every other, so that equal sets of messages are equal lists. */
    long order();

    /**
     * A client's put, delete or get.
     *
     * @param deadline of an attempt; 0 for what is none
     */
    record Request(int operation, int member, long deadline) implements Message {
        @Override
        public long order() {
            return packed(1, operation, member, deadline, 0);
        }
    }

    /** That the entry be evicted, after what this operation has done. */
    record Evict(int operation, int member) implements Message {
        @Override
        public long order() {
            return packed(2, operation, member, 0, 0);
        }
    }

    /**
     * What the owner's memory holds now, for the backup.
     *
     * @param operation whom the backup's acknowledgement answers
     * @param owner whose memory it was
     * @param value an operation's number, or {@link Member#NOTHING}
     * @param version of the partition, as older ones are ignored
     */
    record Backup(int operation, int owner, int value, int version, boolean eviction) implements Message {
        @Override
        public long order() {
            return packed(3, operation, value + 1, version, owner * 2 + (eviction ? 1 : 0));
        }

        Backup expired() {
            return new Backup(operation, owner, Member.NOTHING, version, eviction);
        }
    }

    /**
     * A member's statement.
     *
     * @param running whether it holds its writer's row, and has not yet committed
     * @param orphan whether its member has lost the connection, so that nobody hears its answer
     */
    record Batch(int operation, int member, long epoch, long deadline, boolean running, boolean orphan)
            implements Message {
        @Override
        public long order() {
            return packed(4, operation, member, deadline, (int) epoch * 4 + (running ? 2 : 0) + (orphan ? 1 : 0));
        }
    }

    /** One copy of a client's own write. */
    record Direct(int operation, long deadline, long forgottenFrom, boolean seal, boolean orphan) implements Message {
        @Override
        public long order() {
            int rest = (int) Math.min(forgottenFrom, 0xFFFF) * 4 + (seal ? 2 : 0) + (orphan ? 1 : 0);
            return packed(5, operation, 0, deadline, rest);
        }
    }

    private static long packed(int kind, int operation, int small, long deadline, int rest) {
        return ((long) kind << 56) | ((long) operation << 50) | ((long) small << 44) | (deadline << 24) | rest;
    }
}
