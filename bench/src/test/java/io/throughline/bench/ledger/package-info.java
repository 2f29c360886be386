@NullMarked
package io.throughline.bench.ledger;

import org.jspecify.annotations.NullMarked;
