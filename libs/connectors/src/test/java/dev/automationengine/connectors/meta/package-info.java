@NullMarked
package dev.automationengine.connectors.meta;

import org.jspecify.annotations.NullMarked;
