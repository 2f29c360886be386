package io.throughline.mapstore.writer;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this member knows of its own row on one shard, under one UUID. Thread-safe, but for {@link #register}, which one
 * thread at a time may call.
 */
final class WriterStanding {

    private static final Logger log = LoggerFactory.getLogger(WriterStanding.class);

    private final String shard;
    private final UUID self;
    private final Membership membership;
    private final Consumer<String> whenFenced;
    private boolean registered;
    private volatile @Nullable WriterStamp stamp;
    private volatile boolean fenced;
    private volatile boolean left;

    WriterStanding(String shard, UUID self, Membership membership, Consumer<String> whenFenced) {
        this.shard = shard;
        this.self = self;
        this.membership = membership;
        this.whenFenced = whenFenced;
    }

    /** Null before the row is there, and once it is fenced. */
    @Nullable
    WriterStamp unfenced() {
        return fenced ? null : stamp;
    }

    /**
     * Makes the row, the first time.
     *
     * @throws NotAllowedException if the row is fenced
     */
    WriterStamp register(Connection connection) throws SQLException {
        if (fenced) {
            throw fenced();
        }
        WriterStamp known = stamp;
        if (known != null) {
            return known;
        }
        if (!registered) {
            // An answer that is lost here leaves the duty to register; doing it twice is the same as once.
            WriterSql.register(connection, self, membership.address());
            registered = true;
        }
        WriterRow row = WriterSql.row(connection, self);
        if (row.fenced()) {
            throw fenced();
        }
        WriterStamp first = new WriterStamp(self, row.epoch());
        stamp = first;
        return first;
    }

    /**
     * Reads the row, if it is there by now.
     *
     * @throws NotAllowedException as {@link #found}
     */
    void look(Connection connection) throws SQLException {
        WriterStamp known = stamp;
        if (known != null) {
            found(WriterSql.row(connection, known.member()));
        }
    }

    /** @throws NotAllowedException if the row is fenced */
    void found(WriterRow row) throws NotAllowedException {
        if (row.fenced()) {
            throw fenced();
        }
        WriterStamp now = stamp;
        if (now != null && row.epoch() > now.epoch()) {
            stamp = new WriterStamp(now.member(), row.epoch());
        }
    }

    /** For good. */
    NotAllowedException fenced() {
        fenced = true;
        if (!left) {
            whenFenced.accept(shard);
        }
        return NotAllowedException.fenced(shard);
    }

    /** Fences the row itself: nobody else has to. */
    void leave(Connection connection) throws SQLException {
        left = true;
        fenced = true;
        WriterStamp known = stamp;
        if (known != null) {
            WriterSql.leave(connection, known.member());
            log.info("left {}, and fenced itself there", shard);
        }
    }
}
