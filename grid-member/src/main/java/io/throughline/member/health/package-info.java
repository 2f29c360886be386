/** What a member says about itself over HTTP: alive, ready and why not, metrics. Nothing here waits for the grid. */
@NullMarked
package io.throughline.member.health;

import org.jspecify.annotations.NullMarked;
