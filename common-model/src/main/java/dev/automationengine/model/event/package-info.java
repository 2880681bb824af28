/** What happened in the world: raw messages as they arrived, and the standardised events made of them. */
@NullMarked
package dev.automationengine.model.event;

import org.jspecify.annotations.NullMarked;
