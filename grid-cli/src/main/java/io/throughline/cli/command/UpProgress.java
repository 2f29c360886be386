package io.throughline.cli.command;

import io.throughline.cli.terminal.Screen;
import io.throughline.localpostgres.Progress;
import java.util.Locale;

/** Each step with the time since the start. Thread-safe. */
final class UpProgress implements Progress {

    private final Screen screen;
    private final long begun = System.nanoTime();

    UpProgress(Screen screen) {
        this.screen = screen;
    }

    @Override
    public synchronized void step(String place, String step) {
        screen.printRaw(String.format(Locale.ROOT, "%6.1f s  %-15s %s", seconds(), place, step));
    }

    synchronized void ready() {
        screen.print(String.format(Locale.ROOT, "@|bold,green The grid is ready|@ after %.1f s.", seconds()));
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }
}
