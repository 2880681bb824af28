@NullMarked
package dev.automationengine.kit.openapi;

import org.jspecify.annotations.NullMarked;
