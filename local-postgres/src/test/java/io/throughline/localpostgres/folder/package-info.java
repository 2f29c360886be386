@NullMarked
package io.throughline.localpostgres.folder;

import org.jspecify.annotations.NullMarked;
