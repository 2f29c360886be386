package io.throughline.localpostgres.replication;

import io.throughline.localpostgres.Node;
import io.throughline.localpostgres.Node.Condition;
import io.throughline.localpostgres.folder.NodeFolder;
import io.throughline.localpostgres.folder.NodeRecord;
import io.throughline.localpostgres.postmaster.ServerProcesses;

/** Puts together what is remembered of a node and what runs. */
public final class NodeLook {

    private NodeLook() {}

    public static Node of(String shard, NodeRecord remembered, NodeFolder folder, ServerProcesses processes) {
        long pid = processes.pid();
        Condition condition = pid == 0 ? Condition.DOWN : processes.paused() ? Condition.PAUSED : Condition.RUNNING;
        return new Node(
                shard,
                remembered.name(),
                Site.HOST,
                remembered.port(),
                remembered.role(),
                condition,
                pid,
                folder.data(),
                folder.log());
    }
}
