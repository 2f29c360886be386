package io.throughline.localpostgres.binaries;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;

/** Waits for a file lock, whether another JVM or another thread of this one holds it. Closing the channel lets go. */
final class InterJvmLock {

    private static final int PAUSE_MILLIS = 50;

    private InterJvmLock() {}

    static void take(FileChannel channel) throws IOException {
        while (true) {
            try {
                channel.lock();
                return;
            } catch (OverlappingFileLockException heldInThisJvm) {
                try {
                    Thread.sleep(PAUSE_MILLIS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw new IOException("Interrupted while another thread unpacks PostgreSQL", interrupted);
                }
            }
        }
    }
}
