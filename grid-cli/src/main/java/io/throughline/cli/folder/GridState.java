package io.throughline.cli.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.cli.CommandFailed;
import io.throughline.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code up} leaves in grid.json for the other commands: where the members and the nodes are. Which node is primary is
 * not in it, as that changes; it is asked for.
 *
 * @param upPid the process that has written this
 */
public record GridState(Phase phase, long upPid, List<Member> members, List<Shard> shards) {

    private static final int FORMAT = 1;

    /** How far {@code up} has come. */
    public enum Phase {
        STARTING,
        RUNNING,
        STOPPING,
        STOPPED
    }

    /**
     * @param address {@code host:port}
     * @param health the base URL of health and metrics, empty until the member has told it
     * @param pid 0 while none runs
     */
    public record Member(String name, String address, String health, long pid) {}

    public record Shard(String name, List<Node> nodes) {

        public Shard {
            nodes = List.copyOf(nodes);
        }
    }

    /**
     * @param name such as {@code shard-1/node-2}
     * @param pid of the postmaster when it was started, 0 where none ran
     */
    public record Node(String name, String address, long pid, Path log) {}

    public GridState {
        members = List.copyOf(members);
        shards = List.copyOf(shards);
    }

    public GridState stopped() {
        return withoutProcesses(Phase.STOPPED, upPid);
    }

    /** By another {@code up}, which holds the folder now. */
    public GridState startingBy(long pid) {
        return withoutProcesses(Phase.STARTING, pid);
    }

    /** Nothing runs; everything is where it was. */
    private GridState withoutProcesses(Phase next, long pid) {
        return new GridState(
                next,
                pid,
                members.stream()
                        .map(member -> new Member(member.name(), member.address(), "", 0))
                        .toList(),
                shards.stream()
                        .map(shard -> new Shard(
                                shard.name(),
                                shard.nodes().stream()
                                        .map(node -> new Node(node.name(), node.address(), 0, node.log()))
                                        .toList()))
                        .toList());
    }

    public List<String> memberAddresses() {
        return members.stream().map(Member::address).toList();
    }

    static Optional<GridState> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(new ObjectMapper().readTree(file.toFile())));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    file + " is damaged (" + firstLine(e) + "). './grid up' makes it anew once the file is removed;"
                            + " the data is in other files.",
                    e);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, file + " can't be read: " + e, e);
        }
    }

    /** Replaces the file at once, so that a reader sees the old state or the new and nothing between. */
    public void write(Path file) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(draft, toJson().toPrettyString() + "\n");
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailed(ExitCode.FAILED, file + " can't be written: " + e, e);
        }
    }

    private ObjectNode toJson() {
        ObjectNode root = new ObjectMapper().createObjectNode();
        root.put("format", FORMAT);
        root.put("phase", phase.name().toLowerCase(Locale.ROOT));
        root.put("upPid", upPid);
        for (Member member : members) {
            root.withArray("members")
                    .addObject()
                    .put("name", member.name())
                    .put("address", member.address())
                    .put("health", member.health())
                    .put("pid", member.pid());
        }
        for (Shard shard : shards) {
            ObjectNode entry = root.withArray("shards").addObject().put("name", shard.name());
            for (Node node : shard.nodes()) {
                entry.withArray("nodes")
                        .addObject()
                        .put("name", node.name())
                        .put("address", node.address())
                        .put("pid", node.pid())
                        .put("log", node.log().toString());
            }
        }
        return root;
    }

    private static GridState parse(JsonNode root) {
        int format = root.path("format").asInt();
        if (format != FORMAT) {
            throw new IllegalArgumentException("its format is " + format + ", this ./grid reads " + FORMAT);
        }
        List<Member> members = new ArrayList<>();
        for (JsonNode member : root.path("members")) {
            members.add(new Member(
                    text(member, "name"),
                    text(member, "address"),
                    text(member, "health"),
                    member.path("pid").asLong()));
        }
        List<Shard> shards = new ArrayList<>();
        for (JsonNode shard : root.path("shards")) {
            List<Node> nodes = new ArrayList<>();
            for (JsonNode node : shard.path("nodes")) {
                nodes.add(new Node(
                        text(node, "name"),
                        text(node, "address"),
                        node.path("pid").asLong(),
                        Path.of(text(node, "log"))));
            }
            shards.add(new Shard(text(shard, "name"), nodes));
        }
        return new GridState(
                Phase.valueOf(text(root, "phase").toUpperCase(Locale.ROOT)),
                root.path("upPid").asLong(),
                members,
                shards);
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("'" + field + "' is missing");
        }
        return value.textValue();
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
