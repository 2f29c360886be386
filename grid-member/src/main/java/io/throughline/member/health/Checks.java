package io.throughline.member.health;

import java.util.List;

/** Knows about some part of the member's health, and answers at once. */
@FunctionalInterface
public interface Checks {

    List<Check> current();
}
