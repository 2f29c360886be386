/** A member's log: lines for people, or JSON for machines. */
@NullMarked
package io.throughline.member.log;

import org.jspecify.annotations.NullMarked;
