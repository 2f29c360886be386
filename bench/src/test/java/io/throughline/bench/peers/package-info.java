@NullMarked
package io.throughline.bench.peers;

import org.jspecify.annotations.NullMarked;
