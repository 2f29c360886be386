/** Clients under real faults, and a checker of what they saw. */
@NullMarked
package io.throughline.torture;

import org.jspecify.annotations.NullMarked;
