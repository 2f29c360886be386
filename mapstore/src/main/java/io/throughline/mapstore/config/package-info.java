/**
 * What an operator decides: throughline.yaml as one immutable tree. Everything is checked in one place, {@link
 * io.throughline.mapstore.config.GridConfigReader}, so whoever holds a {@link
 * io.throughline.mapstore.config.GridConfig} may rely on it.
 */
@NullMarked
package io.throughline.mapstore.config;

import org.jspecify.annotations.NullMarked;
