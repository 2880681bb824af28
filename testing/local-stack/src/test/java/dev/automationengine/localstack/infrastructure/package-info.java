@NullMarked
package dev.automationengine.localstack.infrastructure;

import org.jspecify.annotations.NullMarked;
