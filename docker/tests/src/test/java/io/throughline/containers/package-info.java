/** The grid of {@code docker-compose.yml}, faults done to its containers, and what a stock client outside sees of them. */
@NullMarked
package io.throughline.containers;

import org.jspecify.annotations.NullMarked;
