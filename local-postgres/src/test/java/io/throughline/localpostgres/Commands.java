package io.throughline.localpostgres;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Short commands of the system. */
final class Commands {

    private Commands() {}

    /** @return whether it ended well */
    static boolean run(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
