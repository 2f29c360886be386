package io.throughline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** JSON for scripts instead of text for people; a picocli mixin. */
public final class JsonOption {

    @Option(names = "--json", description = "Print JSON, for scripts.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    public boolean wanted() {
        return json;
    }

    /** One document, indented, on standard output. */
    public void print(JsonNode document) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(document.toPrettyString());
        out.flush();
    }
}
