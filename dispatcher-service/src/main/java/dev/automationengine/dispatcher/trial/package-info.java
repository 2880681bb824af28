/** Running by hand: tests without effects, one step live, re-runs, replays of past events. */
@NullMarked
package dev.automationengine.dispatcher.trial;

import org.jspecify.annotations.NullMarked;
