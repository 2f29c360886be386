/** Shows how a run went: as a page, as text, as JSON. All three say what {@link io.throughline.torture.page.TortureResult} says. Pure. */
@NullMarked
package io.throughline.torture.page;

import org.jspecify.annotations.NullMarked;
