/**
 * The protocol as an explicit-state model of one key: every interleaving within bounds is searched, with all mechanisms and with each taken
 * out. docs/model.md says what is modelled.
 */
@NullMarked
package io.throughline.torture.model;

import org.jspecify.annotations.NullMarked;
