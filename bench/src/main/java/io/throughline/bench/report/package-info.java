/** What a person, or a script, gets to see of a run. */
@NullMarked
package io.throughline.bench.report;

import org.jspecify.annotations.NullMarked;
