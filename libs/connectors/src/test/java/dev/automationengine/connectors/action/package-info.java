@NullMarked
package dev.automationengine.connectors.action;

import org.jspecify.annotations.NullMarked;
