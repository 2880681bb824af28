/** The app's own subscription to what happens to pages, which comes before those of single pages. */
@NullMarked
package dev.automationengine.trigger.meta.app;

import org.jspecify.annotations.NullMarked;
