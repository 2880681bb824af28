@NullMarked
package dev.automationengine.model.id;

import org.jspecify.annotations.NullMarked;
