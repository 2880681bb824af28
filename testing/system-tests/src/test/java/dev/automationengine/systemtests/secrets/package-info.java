/** That no secret is in anything the fleet has written. */
@NullMarked
package dev.automationengine.systemtests.secrets;

import org.jspecify.annotations.NullMarked;
