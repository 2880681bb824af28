@NullMarked
package dev.automationengine.localstack.fleet;

import org.jspecify.annotations.NullMarked;
