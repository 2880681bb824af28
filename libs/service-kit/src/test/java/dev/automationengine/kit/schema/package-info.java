@NullMarked
package dev.automationengine.kit.schema;

import org.jspecify.annotations.NullMarked;
