@NullMarked
package dev.automationengine.expressions;

import org.jspecify.annotations.NullMarked;
