/** What more than one service knows of organizations. */
@NullMarked
package dev.automationengine.model.organization;

import org.jspecify.annotations.NullMarked;
