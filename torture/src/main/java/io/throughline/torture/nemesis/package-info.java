/** What goes wrong while clients work: faults on real processes, in an order that a seed gives again. */
@NullMarked
package io.throughline.torture.nemesis;

import org.jspecify.annotations.NullMarked;
