/** What Throughline is compared with, as it runs in members' and load generators' JVMs. */
@NullMarked
package io.throughline.bench.peers;

import org.jspecify.annotations.NullMarked;
