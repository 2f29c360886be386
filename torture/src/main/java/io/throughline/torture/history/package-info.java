/** What clients saw: every operation with its times and its outcome. Pure. */
@NullMarked
package io.throughline.torture.history;

import org.jspecify.annotations.NullMarked;
