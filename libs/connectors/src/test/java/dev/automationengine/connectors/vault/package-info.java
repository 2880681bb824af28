@NullMarked
package dev.automationengine.connectors.vault;

import org.jspecify.annotations.NullMarked;
