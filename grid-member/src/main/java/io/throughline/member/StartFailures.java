package io.throughline.member;

import com.hazelcast.config.InvalidConfigurationException;
import io.throughline.mapstore.GridConfigException;
import io.throughline.mapstore.StartRefusedException;
import java.net.BindException;
import java.util.Optional;
import java.util.stream.Stream;

/** From what went wrong in a start to an exit code and a line that an operator can act on. */
final class StartFailures {

    private StartFailures() {}

    static MemberStartException explain(MemberSettings settings, RuntimeException failure) {
        return Stream.iterate((Throwable) failure, cause -> cause != null, Throwable::getCause)
                .flatMap(cause -> known(settings, cause, failure).stream())
                .findFirst()
                .orElseGet(() -> new MemberStartException(
                        ExitCode.UNEXPECTED,
                        "the member didn't start: " + failure + "; --verbose shows where",
                        failure));
    }

    private static Optional<MemberStartException> known(
            MemberSettings settings, Throwable cause, RuntimeException failure) {
        if (cause instanceof MemberStartException known) {
            return Optional.of(known);
        }
        String said = String.valueOf(cause.getMessage());
        if (cause instanceof GridConfigException) {
            return Optional.of(new MemberStartException(ExitCode.CONFIG, said, failure));
        }
        if (cause instanceof InvalidConfigurationException) {
            return Optional.of(
                    new MemberStartException(ExitCode.CONFIG, settings.hazelcastYaml() + ": " + said, failure));
        }
        if (cause instanceof StartRefusedException) {
            return Optional.of(new MemberStartException(ExitCode.START_REFUSED, said, failure));
        }
        if (cause instanceof BindException) {
            return Optional.of(new MemberStartException(
                    ExitCode.PORT_IN_USE,
                    "the member can't listen on a port: " + failure.getMessage() + " See network.port in "
                            + settings.hazelcastYaml() + " and --port",
                    failure));
        }
        return Optional.empty();
    }
}
