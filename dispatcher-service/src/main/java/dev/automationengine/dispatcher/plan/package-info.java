/** What organizations have subscribed to, and how much that allows. */
@NullMarked
package dev.automationengine.dispatcher.plan;

import org.jspecify.annotations.NullMarked;
