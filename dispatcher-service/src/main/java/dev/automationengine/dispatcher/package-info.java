/** The dispatcher: decides which workflows an event starts and what comes next in each. */
@NullMarked
package dev.automationengine.dispatcher;

import org.jspecify.annotations.NullMarked;
