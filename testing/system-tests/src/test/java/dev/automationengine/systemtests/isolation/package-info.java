/** No organization reaches another's: every operation of the API, held against the table in docs/security.md. */
@NullMarked
package dev.automationengine.systemtests.isolation;

import org.jspecify.annotations.NullMarked;
