package io.throughline.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ContainerState;

/** A container of the grid: a database node of a shard, or a member. */
record Node(String service, ContainerState container) {

    int publishedPort(int port) {
        Map<ExposedPort, Ports.Binding[]> bindings = docker().inspectContainerCmd(id())
                .exec()
                .getNetworkSettings()
                .getPorts()
                .getBindings();
        Ports.Binding[] published = Objects.requireNonNull(bindings.get(ExposedPort.tcp(port)));
        return Integer.parseInt(published[0].getHostPortSpec());
    }

    /** What its image's own probe says: the same that Docker asks. */
    boolean answers(int port, String path) {
        return run("health", String.valueOf(port), path).getExitCode() == 0;
    }

    /** Rows as lines, columns divided by tabs, as the superuser whom only this container lets in. */
    String query(String sql) {
        ExecResult result = run("psql", "-U", "postgres", "-AtF", "\t", "-c", sql, "throughline");
        if (result.getExitCode() != 0) {
            throw new IllegalStateException(service + ": " + sql + ": " + result.getStderr());
        }
        return result.getStdout().strip();
    }

    private ExecResult run(String... command) {
        try {
            return container.execInContainer(command);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    void kill() {
        docker().killContainerCmd(id()).exec();
    }

    void start() {
        docker().startContainerCmd(id()).exec();
    }

    void pause() {
        docker().pauseContainerCmd(id()).exec();
    }

    /** Also where it isn't paused. */
    void resume() {
        if (Boolean.TRUE.equals(
                docker().inspectContainerCmd(id()).exec().getState().getPaused())) {
            docker().unpauseContainerCmd(id()).exec();
        }
    }

    Map<String, ContainerNetwork> networks() {
        return docker().inspectContainerCmd(id()).exec().getNetworkSettings().getNetworks();
    }

    void disconnect(String network) {
        docker().disconnectFromNetworkCmd()
                .withContainerId(id())
                .withNetworkId(network)
                .exec();
    }

    void connect(String network, ContainerNetwork as) {
        docker().connectToNetworkCmd()
                .withContainerId(id())
                .withNetworkId(network)
                .withContainerNetwork(as)
                .exec();
    }

    private String id() {
        return container.getContainerId();
    }

    private static DockerClient docker() {
        return DockerClientFactory.lazyClient();
    }
}
