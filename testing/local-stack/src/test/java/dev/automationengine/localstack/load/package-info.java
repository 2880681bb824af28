@NullMarked
package dev.automationengine.localstack.load;

import org.jspecify.annotations.NullMarked;
