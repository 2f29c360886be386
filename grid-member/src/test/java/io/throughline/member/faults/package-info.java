/** Real kills, stalls and cuts of members and shards, and what every acknowledged write looks like afterwards. */
@NullMarked
package io.throughline.member.faults;

import org.jspecify.annotations.NullMarked;
