/** Tests of the kit. */
@NullMarked
package dev.automationengine.kit;

import org.jspecify.annotations.NullMarked;
