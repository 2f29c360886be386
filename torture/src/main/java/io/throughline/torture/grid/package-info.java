/** The grid under torture: started, kept in service, looked at, read at the end. */
@NullMarked
package io.throughline.torture.grid;

import org.jspecify.annotations.NullMarked;
