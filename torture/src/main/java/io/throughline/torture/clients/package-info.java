/** The clients under torture: each does one operation when it is asked to, and tells what it saw and when. */
@NullMarked
package io.throughline.torture.clients;

import org.jspecify.annotations.NullMarked;
