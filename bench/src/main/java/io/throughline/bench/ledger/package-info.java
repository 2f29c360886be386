/** What was written, what became of it, and so what a row or a read may show. No I/O. */
@NullMarked
package io.throughline.bench.ledger;

import org.jspecify.annotations.NullMarked;
