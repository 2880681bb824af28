/** The generated clients compile. */
@NullMarked
package dev.automationengine.clients;

import org.jspecify.annotations.NullMarked;
