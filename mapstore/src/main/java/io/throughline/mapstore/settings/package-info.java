/** What Hazelcast's own settings must be, so that the promises hold. */
@NullMarked
package io.throughline.mapstore.settings;

import org.jspecify.annotations.NullMarked;
