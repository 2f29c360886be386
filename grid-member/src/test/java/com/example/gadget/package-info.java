/** What an attacker would send: a class that is on a member's class path and does harm when it is made or run. */
@NullMarked
package com.example.gadget;

import org.jspecify.annotations.NullMarked;
