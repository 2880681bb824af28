/** MongoDB as every service uses it: majority writes, short timeouts, snake_case, ids as strings. */
@NullMarked
package dev.automationengine.kit.mongo;

import org.jspecify.annotations.NullMarked;
