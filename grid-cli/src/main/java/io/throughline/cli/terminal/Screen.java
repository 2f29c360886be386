package io.throughline.cli.terminal;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * Where a command talks to a person. Colour only where it goes to a terminal and NO_COLOR is not set (picocli's rule); what
 * is asked for goes to standard output, what is said beside it to standard error.
 */
public final class Screen {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Ansi ansi;

    public Screen(PrintWriter out, PrintWriter err, Ansi ansi) {
        this.out = out;
        this.err = err;
        this.ansi = ansi;
    }

    public static Screen of(CommandLine command) {
        return new Screen(
                command.getOut(), command.getErr(), command.getColorScheme().ansi());
    }

    /** One line; {@code @|bold …|@} and {@code @|green …|@} are picocli's markup. */
    public void print(String markup) {
        out.println(ansi.string(markup));
        out.flush();
    }

    /** One line in which nothing is markup. */
    public void printRaw(String text) {
        out.println(text);
        out.flush();
    }

    /** Beside the output, and nothing in it is markup. */
    public void sayRaw(String text) {
        err.println(text);
        err.flush();
    }

    public void say(String markup) {
        err.println(ansi.string(markup));
        err.flush();
    }
}
