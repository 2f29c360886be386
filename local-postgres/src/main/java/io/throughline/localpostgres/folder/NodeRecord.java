package io.throughline.localpostgres.folder;

import io.throughline.localpostgres.Role;

/** What is remembered of a node. */
public record NodeRecord(String name, int port, Role role) {

    NodeRecord withRole(Role other) {
        return new NodeRecord(name, port, other);
    }

    NodeRecord withPort(int other) {
        return new NodeRecord(name, other, role);
    }
}
