package io.throughline.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.cli.client.MemberHealth;
import io.throughline.cli.folder.GridDirectory;
import io.throughline.cli.folder.GridState;
import io.throughline.cli.shards.NodeState;
import io.throughline.cli.shards.NodeState.Role;
import io.throughline.cli.shards.NodeState.Standby;
import io.throughline.cli.terminal.Screen;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** All that {@code status} found out, as text and as JSON. */
record GridReport(
        GridDirectory directory, GridState.Phase phase, long upPid, List<Member> members, List<Shard> shards) {

    record Member(String name, String address, String health, long pid, MemberHealth state) {}

    record Shard(String name, List<Node> nodes) {

        Optional<Node> primary() {
            return nodes.stream()
                    .filter(node -> node.state().role() == Role.PRIMARY)
                    .findFirst();
        }

        long synchronousStandbys() {
            return primary().stream()
                    .flatMap(node -> node.state().standbys().stream())
                    .filter(Standby::synchronous)
                    .count();
        }

        boolean writable() {
            return synchronousStandbys() > 0;
        }

        /** What the primary says of this node. */
        Optional<Standby> standby(Node node) {
            String shortName = node.state().name().substring(name.length() + 1);
            return primary().stream()
                    .flatMap(primary -> primary.state().standbys().stream())
                    .filter(standby -> standby.node().equals(shortName))
                    .findFirst();
        }
    }

    record Node(NodeState state, long pid) {}

    boolean ready() {
        return phase == GridState.Phase.RUNNING
                && members.stream().allMatch(member -> member.state().ready())
                && shards.stream().allMatch(Shard::writable);
    }

    void print(Screen screen) {
        String supervised = upPid > 0
                ? "'./grid up' is process " + upPid
                : "@|yellow no './grid up' watches over it|@; './grid up' takes over, './grid down' stops it";
        screen.print("Grid in " + directory + ": " + (ready() ? "@|bold,green ready|@" : "@|bold,red not ready|@")
                + ", " + supervised);
        for (Member member : members) {
            screen.print(row(
                    member.name(),
                    member.address(),
                    member.state().ready() ? "@|green ready     |@" : "@|red not ready |@",
                    member.pid(),
                    member.state().ready() ? member.health() : member.state().reason()));
        }
        for (Shard shard : shards) {
            shard.nodes()
                    .forEach(node -> screen.print(row(
                            node.state().name(), node.state().address(), role(node), node.pid(), remark(shard, node))));
        }
    }

    private static String row(String name, String address, String state, long pid, String remark) {
        return String.format(
                Locale.ROOT, "  %-15s %-16s %s %-10s %s", name, address, state, pid > 0 ? "pid " + pid : "", remark);
    }

    private static String role(Node node) {
        return switch (node.state().role()) {
            case PRIMARY -> "@|green primary   |@";
            case STANDBY -> "@|green standby   |@";
            case DOWN -> "@|red down      |@";
        };
    }

    private static String remark(Shard shard, Node node) {
        return switch (node.state().role()) {
            case PRIMARY -> shard.synchronousStandbys() + " synchronous standbys";
            case STANDBY ->
                shard.standby(node)
                        .map(standby -> (standby.streaming() ? "streams" : "catches up") + ", " + standby.sync() + ", "
                                + standby.lagBytes() + " B behind")
                        .orElse("not connected to the primary");
            case DOWN -> node.state().reason();
        };
    }

    ObjectNode toJson() {
        ObjectNode root = new ObjectMapper()
                .createObjectNode()
                .put("directory", directory.toString())
                .put("phase", phase.name().toLowerCase(Locale.ROOT))
                .put("ready", ready())
                .put("upPid", upPid);
        root.putArray("members");
        root.putArray("shards");
        for (Member member : members) {
            root.withArray("members")
                    .addObject()
                    .put("name", member.name())
                    .put("address", member.address())
                    .put("health", member.health())
                    .put("pid", member.pid())
                    .put("ready", member.state().ready())
                    .put("reason", member.state().reason());
        }
        shards.forEach(shard -> addShard(root.withArray("shards").addObject(), shard));
        return root;
    }

    private static void addShard(ObjectNode json, Shard shard) {
        json.put("name", shard.name())
                .put("writable", shard.writable())
                .put(
                        "primary",
                        shard.primary().map(node -> node.state().address()).orElse(""))
                .put("synchronousStandbys", shard.synchronousStandbys());
        for (Node node : shard.nodes()) {
            Optional<Standby> standby = shard.standby(node);
            ObjectNode entry = json.withArray("nodes")
                    .addObject()
                    .put("name", node.state().name())
                    .put("address", node.state().address())
                    .put("role", node.state().role().name().toLowerCase(Locale.ROOT))
                    .put("pid", node.pid())
                    .put("reason", node.state().reason());
            standby.ifPresent(state -> entry.put("streaming", state.streaming())
                    .put("sync", state.sync())
                    .put("lagBytes", state.lagBytes()));
        }
    }
}
