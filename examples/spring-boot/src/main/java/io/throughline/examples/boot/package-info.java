/** A Spring Boot application that embeds a member. */
@NullMarked
package io.throughline.examples.boot;

import org.jspecify.annotations.NullMarked;
