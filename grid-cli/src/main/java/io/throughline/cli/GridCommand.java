package io.throughline.cli;

/**
 * A command of {@code ./grid} from another module: a class with picocli's {@code @Command}, named in {@code
 * META-INF/services/io.throughline.cli.GridCommand}. It needs a public constructor without parameters, and shows in
 * {@code ./grid --help} like the others.
 *
 * <p>It takes {@link GridOption} and {@link JsonOption} as picocli mixins, throws {@link CommandFailed} for what a user
 * should read, and returns an {@link ExitCode}'s status.
 */
public interface GridCommand {}
