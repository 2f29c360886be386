/** PostgreSQL itself: the artifact for this platform, unpacked once for each user. */
@NullMarked
package io.throughline.localpostgres.binaries;

import org.jspecify.annotations.NullMarked;
