/** What people do with dead letters: look, take up again, let rest. */
@NullMarked
package dev.automationengine.dispatcher.redrive;

import org.jspecify.annotations.NullMarked;
