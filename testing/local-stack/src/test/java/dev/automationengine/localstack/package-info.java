@NullMarked
package dev.automationengine.localstack;

import org.jspecify.annotations.NullMarked;
