package io.throughline.containers;

import static org.awaitility.Awaitility.await;

import com.github.dockerjava.api.model.ContainerNetwork;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Networks that a container was taken out of, as by an unplugged cable: nothing is answered, and nothing is told. */
final class Cut {

    private final Node node;
    private final Map<String, ContainerNetwork> networks;

    private Cut(Node node, Map<String, ContainerNetwork> networks) {
        this.node = node;
        this.networks = networks;
    }

    static Cut fromAll(Node node) {
        return from(node, network -> true);
    }

    /** Those whose names end so: the rest is the project's name. */
    static Cut from(Node node, String network) {
        return from(node, name -> name.endsWith("_" + network));
    }

    private static Cut from(Node node, Predicate<String> chosen) {
        Map<String, ContainerNetwork> networks = new HashMap<>(node.networks());
        networks.keySet().removeIf(chosen.negate());
        networks.keySet().forEach(node::disconnect);
        return new Cut(node, networks);
    }

    /** Under the names that it had. While Docker is starting the container again, it is told later. */
    void mend() {
        networks.forEach((network, was) -> await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(() -> {
                    node.connect(network, new ContainerNetwork().withAliases(was.getAliases()));
                    return true;
                }));
    }
}
